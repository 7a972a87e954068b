/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunControl;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Runs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The approvals as a service, with the thread that closes what has lapsed and wakes runs that missed their answer because
 * the host stopped in between. Thread-safe.
 */
@Component(
        service = {Approvals.class, ApprovalDesk.class},
        immediate = true,
        name = ApprovalKeeper.PID)
@Designate(ocd = ApprovalSettings.class)
public final class ApprovalKeeper implements Approvals, ApprovalDesk {

    static final String PID = "org.openmcpchain.core.policy.Approvals";

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalKeeper.class);
    private static final int PAGE = 200;

    private final ApprovalShelf shelf;
    private final ApprovalBook book;
    private final Duration keep;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private final AtomicReference<Runs> runs = new AtomicReference<>();
    private final AtomicReference<RunControl> control = new AtomicReference<>();

    /** Reads what people were asked before the host stopped, and begins to look after it. */
    @Activate
    public ApprovalKeeper(
            ApprovalSettings settings,
            @Reference JournaledStore store,
            @Reference DecisionLocks locks,
            @Reference LedgerHolds holds,
            @Reference PolicyVersions policies) {
        this(settings, store, locks, holds, policies::inForce, Clock.systemUTC());
    }

    ApprovalKeeper(
            ApprovalSettings settings,
            JournaledStore store,
            DecisionLocks locks,
            LedgerHolds holds,
            java.util.function.Supplier<PolicyInForce> policy,
            Clock clock) {
        this.clock = clock;
        keep = LedgerTimes.positive("keep", settings.keep());
        Duration every = LedgerTimes.positive("sweepEvery", settings.sweepEvery());
        shelf = new ApprovalShelf(store);
        book = new ApprovalBook(shelf, locks, holds, policy, this::hasEnded, this::wake, clock);
        thread = LedgerTimes.thread("openmcp-approvals");
        thread.scheduleWithFixedDelay(
                LedgerTimes.guarded("looking after the approvals", this::sweep),
                0,
                every.toMillis(),
                TimeUnit.MILLISECONDS);
        shelf.in(Set.of(Approval.State.PENDING)).forEach(entry -> closeAt(entry.expiresAt()));
    }

    /** Ends the thread without interrupting it: it may be in the database. */
    @Deactivate
    public void close() {
        thread.shutdown();
    }

    /** While there are no runs, no approval is withdrawn because its run has ended. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRuns(Runs service) {
        runs.set(service);
        soon();
    }

    void unbindRuns(Runs service) {
        runs.compareAndSet(service, null);
    }

    /** Runs that wait for an answer which is there already go on at once. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindControl(RunControl service) {
        control.set(service);
        soon();
    }

    void unbindControl(RunControl service) {
        control.compareAndSet(service, null);
    }

    private void soon() {
        if (!thread.isShutdown()) {
            thread.execute(LedgerTimes.guarded("looking after the approvals", this::sweep));
        }
    }

    /** Closes what is over, wakes who waits for nothing any more, and takes the oldest closed ones off the list. */
    void sweep() {
        book.closeWhatIsOver();
        wakeWhoWaitsInVain();
        shelf.prune(clock.instant().minus(keep));
    }

    private void wakeWhoWaitsInVain() {
        Runs service = runs.get();
        if (service == null || control.get() == null) {
            return;
        }
        Optional<Integer> offset = Optional.of(0);
        while (offset.isPresent()) {
            Page<Run> page = service.list(new RunQuery(
                    Set.of(RunState.WAITING_APPROVAL),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    offset.get(),
                    PAGE));
            // Asked about after the runs were listed: who is asked about now is not waiting in vain.
            Set<String> asked = new HashSet<>();
            shelf.in(Set.of(Approval.State.PENDING))
                    .forEach(entry -> entry.runId().ifPresent(asked::add));
            page.items().stream().map(Run::id).filter(id -> !asked.contains(id)).forEach(this::wake);
            offset = page.nextOffset().isPresent()
                    ? Optional.of(page.nextOffset().getAsInt())
                    : Optional.empty();
        }
    }

    private boolean hasEnded(String runId) {
        Runs service = runs.get();
        return service != null
                && service.find(runId).map(run -> run.state().isTerminal()).orElse(false);
    }

    private void wake(String runId) {
        RunControl service = control.get();
        if (service == null) {
            return;
        }
        try {
            service.wake(runId);
        } catch (RuntimeException e) {
            LOG.warn("run {} could not be woken; it is tried again", runId, e);
        }
    }

    private void closeAt(Instant time) {
        if (thread.isShutdown()) {
            return;
        }
        long millis = Math.max(0, Duration.between(clock.instant(), time).toMillis()) + 1;
        thread.schedule(
                LedgerTimes.guarded("closing what has lapsed", book::closeWhatIsOver), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public Answer ask(GateQuestion question, Ruling ruling) {
        Answer answer = book.ask(question, ruling);
        boolean isNew = answer.consequence() != Consequence.NONE;
        if (isNew && answer.decision() == org.openmcpchain.policy.Decision.NEEDS_APPROVAL) {
            closeAt(question.at().plus(ruling.approval().expires()));
        }
        return answer;
    }

    @Override
    public Consequence decidedWithout(GateQuestion question) {
        return book.decidedWithout(question);
    }

    @Override
    public Page<Approval> list(Set<Approval.State> states, int offset, int limit) {
        return book.list(states, offset, limit);
    }

    @Override
    public Optional<Approval> find(String id) {
        return book.find(id);
    }

    @Override
    public Optional<Approval> ofKey(String key) {
        return book.ofKey(key);
    }

    @Override
    public Approval approve(String id, String principal, String intentHash, String comment) {
        return book.approve(id, principal, intentHash, comment);
    }

    @Override
    public Approval reject(String id, String principal, String reason) {
        return book.reject(id, principal, reason);
    }
}
