/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.money.PriceSource;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.Spent;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.Runs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** The ledgers as a service, with the thread that reconciles them. Thread-safe. */
@Component(
        service = {Ledgers.class, Reservations.class, LedgerHolds.class},
        immediate = true,
        name = LedgerKeeper.PID)
@Designate(ocd = LedgerSettings.class)
public final class LedgerKeeper implements Ledgers, Reservations, LedgerHolds {

    static final String PID = "org.openmcpchain.core.policy.Ledgers";

    private final LedgerBook book;
    private final ScheduledExecutorService thread;
    private final AtomicReference<Runs> runs = new AtomicReference<>();

    /** Reads what was reserved before the host stopped, and begins to reconcile it. */
    @Activate
    public LedgerKeeper(
            LedgerSettings settings,
            @Reference JournaledStore store,
            @Reference DecisionLocks locks,
            @Reference TransactionLog transactions,
            @Reference PolicyVersions policies) {
        Clock clock = Clock.systemUTC();
        Duration maxPriceAge = LedgerTimes.positive("maxPriceAge", settings.maxPriceAge());
        Duration every = LedgerTimes.positive("reconcileEvery", settings.reconcileEvery());
        Duration releaseAfter = LedgerTimes.positive("releaseAfter", settings.releaseAfter());
        book = new LedgerBook(store, locks, transactions, policies::inForce, maxPriceAge, clock);
        book.load();
        LedgerReconciler reconciler = new LedgerReconciler(book, transactions, this::find, releaseAfter, clock);
        thread = LedgerTimes.thread("openmcp-ledgers");
        thread.scheduleWithFixedDelay(
                LedgerTimes.guarded("reconciling the ledgers", reconciler::run),
                0,
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Ends the thread without interrupting it: it may be in the database. */
    @Deactivate
    public void close() {
        thread.shutdown();
    }

    /** While there are no runs, nothing is released because a run has ended. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRuns(Runs service) {
        runs.set(service);
    }

    void unbindRuns(Runs service) {
        runs.compareAndSet(service, null);
    }

    /** While there is no source of prices, caps in money deny. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPrices(PriceSource source) {
        book.add(source);
    }

    void unbindPrices(PriceSource source) {
        book.remove(source);
    }

    private Optional<Run> find(String runId) {
        Runs service = runs.get();
        return service == null ? Optional.empty() : service.find(runId);
    }

    @Override
    public DecisionLocks.Held hold(GateQuestion question) {
        return book.hold(question);
    }

    @Override
    public Reserved reserve(GateQuestion question) {
        return book.reserve(question);
    }

    @Override
    public Consequence refused(GateQuestion question) {
        return book.refused(question);
    }

    @Override
    public Consequence giveBack(String key, String stream, String reason) {
        return book.giveBack(key, stream, reason);
    }

    @Override
    public void settle(String key, Spent spent) {
        book.settle(key, spent);
    }

    @Override
    public void release(String key, String reason) {
        book.release(key, reason);
    }

    @Override
    public List<CapUsage> usage() {
        return book.usage();
    }

    @Override
    public CapUsage reset(String cap, String principal) {
        return book.reset(cap, principal);
    }
}
