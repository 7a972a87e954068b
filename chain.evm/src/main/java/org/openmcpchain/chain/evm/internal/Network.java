/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.money.Price;
import org.openmcpchain.money.PriceSource;
import org.openmcpchain.policy.Approvals;
import org.openmcpchain.policy.CallDecoder;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.wallet.Wallet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One EVM network as a service; one for each configuration of the factory PID, and independent of all others. Its
 * wallets come and go; without one it can only read.
 */
@Component(
        name = Network.PID,
        service = {Chain.class, PriceSource.class},
        immediate = true,
        configurationPid = Network.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NetworkConfig.class, factory = true)
public final class Network implements Chain, PriceSource {

    static final String PID = "org.openmcpchain.chain.evm.Network";
    /** No wallet has this id: whatever may spend is opened by configuration only. */
    static final String NO_WALLET = "(wallet.id=no wallet is configured)";

    private static final long STOP_SECONDS = 10;
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(2);

    private final NetworkSettings settings;
    private final EvmNode node;
    private final EvmNode probe;
    private final Sender sender;
    private final MessageDesk desk;
    private final FeedPrices prices;
    private final Wallets wallets = new Wallets();
    private final ScheduledExecutorService settling;
    private volatile boolean stopping;

    /** Without one nothing is readable, and what was held would look like something else: the network waits for it. */
    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile CallDecoder decoder;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Approvals approvals;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Ledgers ledgers;

    /** Starts without asking the node. Errors: {@code CONFIG_MISSING}, {@code CONFIG_INVALID}. */
    @Activate
    public Network(
            @Reference TransactionLog log,
            @Reference Journal journal,
            @Reference PolicyGate gate,
            NetworkConfig config) {
        this.settings = NetworkSettings.from(config);
        this.node = new EvmNode(settings);
        this.probe = new EvmNode(settings, STATUS_TIMEOUT);
        Clock clock = Clock.systemUTC();
        KeyLocks locks = new KeyLocks();
        Abi abi = new Abi();
        Oversight oversight = new Oversight(gate, () -> decoder, () -> approvals, () -> ledgers);
        Questions questions = new Questions(settings, abi, new Simulation(settings, node), oversight);
        Replacements replacements = new Replacements(node, settings.info().confirmations(), System::nanoTime);
        Tracker tracker = new Tracker(settings, node, log, oversight, replacements, clock, () -> stopping);
        this.sender = new Sender(settings, node, abi, tracker, log, oversight, questions, wallets, locks, clock);
        this.desk = new MessageDesk(settings, questions, oversight, journal, wallets, locks, clock);
        this.prices = new FeedPrices(settings, probe, abi, clock);
        String thread = "settle " + settings.info().name();
        this.settling = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, thread));
        settling.scheduleWithFixedDelay(
                new Reconciler(
                        settings.info().id(),
                        log,
                        tracker,
                        new Nonces(settings.info().id(), node, log),
                        locks),
                0,
                settings.settleInterval().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Reference(
            name = "wallet",
            service = Wallet.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            target = NO_WALLET)
    void bindWallet(Wallet wallet, Map<String, ?> properties) {
        wallets.add(wallet, properties);
    }

    void unbindWallet(Wallet wallet, Map<String, ?> properties) {
        wallets.remove(properties);
    }

    @Override
    public NetworkInfo network() {
        return settings.info();
    }

    @Override
    public ChainStatus status() {
        try {
            ChainId served = probe.chainId();
            long block = probe.blockNumber();
            String problem = served.equals(settings.info().id()) ? null : "the node serves another chain";
            return new ChainStatus(true, served, block, problem);
        } catch (HostException e) {
            return new ChainStatus(false, null, -1, e.plainText());
        }
    }

    @Override
    public ChainAccess open(CallScope scope) {
        return new EvmAccess(settings.info(), node, sender, desk, wallets, scope);
    }

    @Override
    public Optional<Price> price(String caip19) {
        return prices.price(caip19);
    }

    /** Whoever still waits for a receipt gets the outcome "unknown"; the next start settles it. */
    @Deactivate
    void stop() throws InterruptedException {
        stopping = true;
        settling.shutdownNow();
        settling.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        node.close();
        probe.close();
    }
}
