/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.core.run.internal.HostJournal;
import org.openmcpchain.core.run.internal.JournalSettings;
import org.openmcpchain.core.run.internal.MemoryRunStore;
import org.openmcpchain.core.run.internal.MemorySettings;
import org.openmcpchain.core.run.internal.ShieldedReads;
import org.openmcpchain.core.run.internal.StoredTransactionLog;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Grant;
import org.openmcpchain.market.Grants;
import org.openmcpchain.market.Permission;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.PolicyGate;

/**
 * The real gate with real ledgers, approvals, journal and log of transactions over a store that outlives them:
 * {@link #restart} is what a crash leaves. It stands in the gate's package, because nobody else may put its parts together.
 */
public final class RealPolicy implements AutoCloseable {

    private final MemoryRunStore rows = new MemoryRunStore(defaults(MemorySettings.class));
    private final String[] networks;
    private final Set<String> granted;
    private HostJournal journal;
    private StoredTransactionLog log;
    private PolicyVersions versions;
    private LedgerKeeper ledgers;
    private ApprovalKeeper approvals;
    private JournaledGate gate;

    /**
     * The starting policy.
     *
     * @param networks on which it lets anything be signed
     * @param granted names of contracts that every bundle may use, or null for no grant at all
     */
    public RealPolicy(List<String> networks, Set<String> granted) {
        this.networks = networks.toArray(String[]::new);
        this.granted = granted;
        start();
    }

    /** A policy of one's own; every bundle has a grant. */
    public RealPolicy(String text) {
        this(List.of(), Set.of());
        update(text);
    }

    private void start() {
        ShieldedReads reads = ShieldedReads.of(rows);
        journal = new HostJournal(defaults(JournalSettings.class), reads);
        log = new StoredTransactionLog(journal, reads);
        versions = new PolicyVersions(with(StartingPolicy.class, Map.of("networks", networks)), journal);
        DecisionLocks locks = new DecisionLocks();
        ledgers = new LedgerKeeper(defaults(LedgerSettings.class), journal, locks, log, versions);
        approvals = new ApprovalKeeper(defaults(ApprovalSettings.class), journal, locks, ledgers, versions);
        gate = new JournaledGate(versions, journal, ledgers, approvals);
        gate.bindGrants(new Grants() {
            @Override
            public Optional<Grant> of(BundleRef bundle) {
                return Optional.ofNullable(granted).map(names -> grant(bundle, names));
            }

            @Override
            public List<Grant> list() {
                return List.of();
            }
        });
    }

    private static Grant grant(BundleRef bundle, Set<String> names) {
        return new Grant(bundle, names.stream().map(Permission::contract).toList(), "ann", Instant.EPOCH);
    }

    /** Puts another policy in force. */
    public void update(String text) {
        PolicyDraft draft = PolicyReader.read(text);
        draft.requireFit();
        versions.update(versions.inForce().document().version(), draft, "root");
    }

    /** Everything in memory is gone; what is in the store comes back. */
    public void restart() {
        close();
        start();
    }

    public PolicyGate gate() {
        return gate;
    }

    public Approvals approvals() {
        return approvals;
    }

    public Ledgers ledgers() {
        return ledgers;
    }

    public Journal journal() {
        return journal;
    }

    public TransactionLog log() {
        return log;
    }

    /** The only question that is open. */
    public Approval pending() {
        List<Approval> open =
                approvals.list(Set.of(Approval.State.PENDING), 0, 10).items();
        if (open.size() != 1) {
            throw new AssertionError("open questions: " + open);
        }
        return open.get(0);
    }

    /** Says yes to it. */
    public void approve(Approval approval) {
        approvals.approve(approval.id(), "ann", approval.intentHash(), "");
    }

    @Override
    public void close() {
        approvals.close();
        ledgers.close();
        journal.close();
    }

    private static <A> A defaults(Class<A> type) {
        return with(type, Map.of());
    }

    private static <A> A with(Class<A> type, Map<String, Object> given) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
