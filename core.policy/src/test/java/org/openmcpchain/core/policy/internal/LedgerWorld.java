/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.money.Price;
import org.openmcpchain.money.PriceSource;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.policy.Verdict;

/**
 * The real gate, ledgers and approvals over a store that outlives them: {@link #restart} is what a crash leaves. Clock,
 * transactions, runs and prices are fakes.
 */
final class LedgerWorld {

    static final ChainId DEVNET = ChainId.eip155(31337);
    static final String COIN = "eip155:31337/slip44:60";
    static final String USDC = "eip155:31337/erc20:0xAAAAaaaAAAaAAAaaAAAAAaaAAAaAAAAaaAAaAAAa";
    static final String SIGNER = "0x" + "1".repeat(40);
    static final String BOB = "0x" + "b".repeat(40);
    static final String CAROL = "0x" + "c".repeat(40);
    static final long GAS = 100;
    static final long FEE = 2;

    final JournaledStore store;
    final FakeTransactionLog log = new FakeTransactionLog();
    final FakeRuns runs = new FakeRuns();
    final FakeClock clock = new FakeClock();
    final Map<String, Price> prices = new ConcurrentHashMap<>();
    final List<String> woken = new CopyOnWriteArrayList<>();
    private final PolicyVersions policies;

    DecisionLocks locks;
    LedgerBook book;
    LedgerReconciler reconciler;
    ApprovalBook approvals;
    private JournaledGate gate;

    LedgerWorld(String policyText) {
        this(policyText, new FakeJournaledStore());
    }

    LedgerWorld(String policyText, JournaledStore store) {
        this(policies(policyText), store);
    }

    LedgerWorld(PolicyVersions policies, JournaledStore store) {
        this.store = store;
        this.policies = policies;
        restart();
    }

    FakeJournaledStore fakeStore() {
        return (FakeJournaledStore) store;
    }

    /** Versions of which this one is in force; they live in a store of their own, because they are not what is tested. */
    static PolicyVersions policies(String text) {
        PolicyVersions versions =
                new PolicyVersions(new StartingSettings(), new FakeJournaledStore(), java.time.Clock.systemUTC());
        update(versions, text);
        return versions;
    }

    private static void update(PolicyVersions versions, String text) {
        PolicyDraft draft = PolicyReader.read(text);
        draft.requireFit();
        versions.update(versions.inForce().document().version(), draft, "root");
    }

    /** A policy that allows everything under these caps. */
    static String allowing(String caps) {
        return """
                version: 1
                rules:
                  - {id: all, at: [INFERENCE, TOOL, SIGN, INSTALL, CONFIGURE], then: ALLOW, reason: everything}
                caps:
                """
                + caps.indent(2);
    }

    /** Puts another policy in force. */
    void update(String text) {
        update(policies, text);
    }

    String label() {
        return policies.inForce().label();
    }

    /** Everything in memory is gone; what is in the store comes back. */
    void restart() {
        locks = new DecisionLocks();
        book = new LedgerBook(store, locks, log, policies::inForce, Duration.ofHours(1), clock);
        PriceSource source = asset -> Optional.ofNullable(prices.get(asset));
        book.add(source);
        book.load();
        reconciler = new LedgerReconciler(book, log, runs::find, Duration.ofMinutes(5), clock);
        ApprovalShelf shelf = new ApprovalShelf(store);
        approvals = new ApprovalBook(
                shelf,
                locks,
                book,
                policies::inForce,
                run -> runs.find(run).map(known -> known.state().isTerminal()).orElse(false),
                woken::add,
                clock);
        gate = new JournaledGate(policies, store, book, approvals, clock);
    }

    Verdict decide(Intent intent) {
        return gate.decide(intent);
    }

    /** The only line of a cap's use. */
    CapUsage usage(String cap) {
        List<CapUsage> lines = usages(cap);
        if (lines.size() != 1) {
            throw new AssertionError("more than one holder: " + lines);
        }
        return lines.get(0);
    }

    List<CapUsage> usages(String cap) {
        return book.usage().stream().filter(line -> line.cap().equals(cap)).toList();
    }

    void price(String asset, long dollars, Duration age) {
        prices.put(
                asset, new Price(BigInteger.valueOf(dollars), 0, clock.instant().minus(age)));
    }

    static Intent send(String key, long wei) {
        return send(key, "alice", BOB, wei);
    }

    static Intent send(String key, String principal, String to, long wei) {
        return sign(key, principal, facts(to, wei, List.of(coin(to, wei)), List.of(), false));
    }

    static Intent sign(String key, String principal, TransactionFacts facts) {
        return Intent.builder(GatePoint.SIGN, "pay_send", principal)
                .run("run-" + key, "1.0")
                .key(key)
                .session("alice/" + principal)
                .transaction(facts)
                .build();
    }

    static Intent ask(String key, long input, long output) {
        return Intent.builder(GatePoint.INFERENCE, "openai", "alice")
                .run("run-" + key, null)
                .key(key)
                .inference(new InferenceFacts("openai", "gpt-x", 1, input, output))
                .build();
    }

    static TransactionFacts facts(
            String to, long wei, List<Action> actions, List<BalanceChange> changes, boolean simulated) {
        return new TransactionFacts(
                DEVNET,
                SIGNER,
                to,
                null,
                null,
                null,
                List.of(),
                BigInteger.valueOf(wei),
                BigInteger.valueOf(GAS),
                BigInteger.valueOf(FEE),
                BigInteger.ONE,
                "0x",
                actions,
                changes,
                simulated);
    }

    static Action coin(String to, long wei) {
        return action(ActionKind.COIN_TRANSFER, "0", SIGNER, to, COIN, BigInteger.valueOf(wei), 18);
    }

    static Action token(ActionKind kind, String path, String from, String to, long units, Action.Flag... flags) {
        return action(kind, path, from, to, USDC, BigInteger.valueOf(units), 6, flags);
    }

    static Action action(
            ActionKind kind,
            String path,
            String from,
            String to,
            String asset,
            BigInteger amount,
            Integer decimals,
            Action.Flag... flags) {
        return new Action(
                kind,
                path,
                null,
                to,
                null,
                null,
                from,
                to,
                asset,
                null,
                amount,
                decimals,
                null,
                null,
                new ArrayList<>(List.of(flags)),
                null);
    }

    static BalanceChange change(String account, String asset, long amount, Integer decimals) {
        return new BalanceChange(account, asset, null, decimals, null, BigInteger.valueOf(amount));
    }
}
