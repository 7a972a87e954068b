/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Provenance;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.RunStats;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Submission;
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
 * The runs of this host and the threads that work on them. Whoever works on a run, or ends it, first claims it: the
 * claims are the keys of {@code claims}, and a run whose claim is taken is left alone. Thread-safe.
 */
@Component(
        service = Runs.class,
        immediate = true,
        name = "org.openmcpchain.core.run.Engine",
        configurationPid = "org.openmcpchain.core.run.Engine")
@Designate(ocd = EngineSettings.class)
public final class RunEngine implements Runs {

    private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(5);
    private static final int RECOVERED_AT_ONCE = 500;
    private static final int MAX_ID = 64;

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final RunLane lane;
    private final RunIntake intake;
    private final RunCloser closer;
    private final RunWorker worker;
    private final ScheduledThreadPoolExecutor watch;
    private final List<Thread> workers = new ArrayList<>();
    private final Duration drain;
    private final Clock clock;
    private final ConcurrentHashMap<String, Attempt> claims = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Chain, String> networks = new ConcurrentHashMap<>();
    private volatile ReceiptIssuer issuer;
    private volatile Provenance provenance;

    /** Not yet working; see {@link #start}. */
    @Activate
    public RunEngine(
            EngineSettings settings,
            @Reference JournaledStore journal,
            @Reference StreamWriter writer,
            @Reference ShieldedReads reads) {
        this(settings, journal, writer, reads, Clock.systemUTC());
    }

    RunEngine(EngineSettings settings, JournaledStore journal, StreamWriter writer, ShieldedReads reads, Clock clock) {
        this.journal = journal;
        this.reads = reads;
        this.clock = clock;
        drain = SettingText.duration("drain", settings.drain());
        Duration deadline = SettingText.duration("runDeadline", settings.runDeadline());
        watch = new ScheduledThreadPoolExecutor(1, new NamedThreads("openmcp-run-watch"));
        watch.setRemoveOnCancelPolicy(true);
        lane = new RunLane(settings.queueLimit());
        intake = new RunIntake(journal, reads, lane, networks::containsValue, clock);
        closer = new RunCloser(writer, reads, () -> issuer, clock);
        worker = new RunWorker(journal, reads, closer, watch, deadline, clock, this::activeBundles);
        NamedThreads names = new NamedThreads("openmcp-run");
        for (int i = 0; i < settings.workers(); i++) {
            workers.add(names.newThread(this::workUntilClosed));
        }
    }

    /** Queues what an earlier life left unfinished, then starts the workers. */
    @Activate
    void start() {
        List<RunRecord> unfinished = reads.ask(rows -> rows.unfinishedRuns());
        List<RunRecord> cutOff = unfinished.stream()
                .filter(run -> run.state() == RunState.RUNNING)
                .toList();
        for (int i = 0; i < cutOff.size(); i += RECOVERED_AT_ONCE) {
            sendBack(cutOff.subList(i, Math.min(i + RECOVERED_AT_ONCE, cutOff.size())));
        }
        unfinished.stream().filter(RunEngine::waitsForWorker).map(RunRecord::id).forEach(lane::add);
        if (!unfinished.isEmpty()) {
            LOG.info("{} unfinished runs are continued, {} of them were cut off", unfinished.size(), cutOff.size());
        }
        workers.forEach(Thread::start);
    }

    private void sendBack(List<RunRecord> runs) {
        List<EntryDraft> entries = new ArrayList<>();
        List<StoreChange> rows = new ArrayList<>();
        for (RunRecord run : runs) {
            Transitions back = new Transitions(run).to(RunState.RETRYING, "restart", now());
            entries.addAll(back.entries());
            rows.add(new RunSaved(back.run()));
        }
        journal.write(entries, rows);
    }

    /** A run that a person holds, or that undoes its work, is not for the lane. */
    private static boolean waitsForWorker(RunRecord run) {
        return switch (run.state()) {
            case PENDING, SCHEDULED, RUNNING, RETRYING -> true;
            default -> false;
        };
    }

    /** Suspends all work, bounded; what is not finished continues at the next start. */
    @Deactivate
    void stop() {
        lane.close();
        halt(attempt -> true, Attempt.Halt.STOP);
        claims.values().forEach(Attempt::finish);
        watch.shutdownNow();
    }

    /** Asks attempts to stop, interrupts them at half time, and waits until they are over or time is up. */
    private void halt(Predicate<Attempt> which, Attempt.Halt reason) {
        List<Attempt> halted = claims.values().stream().filter(which).toList();
        halted.forEach(attempt -> attempt.halt(reason));
        long half = drain.toNanos() / 2;
        long start = System.nanoTime();
        boolean over = awaitAll(halted, start + half);
        if (!over) {
            halted.forEach(Attempt::interrupt);
            if (!awaitAll(halted, start + 2 * half)) {
                LOG.warn("Some runs did not stop within {}; they continue from their last entry", drain);
            }
        }
    }

    private static boolean awaitAll(List<Attempt> attempts, long until) {
        boolean all = true;
        for (Attempt attempt : attempts) {
            all &= attempt.awaitEnd(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        return all;
    }

    private void workUntilClosed() {
        for (Optional<RunLane.Ticket> next = lane.take(); next.isPresent(); next = lane.take()) {
            work(next.get());
        }
    }

    private void work(RunLane.Ticket ticket) {
        Attempt attempt = new Attempt(ticket.runId(), ticket.executor());
        if (claims.putIfAbsent(ticket.runId(), attempt) != null) {
            return;
        }
        AttemptResult result = new AttemptResult.Again("executor-gone", false);
        try {
            if (lane.isServedBy(ticket.executor())) {
                result = worker.work(attempt);
            }
        } finally {
            release(attempt);
        }
        if (result instanceof AttemptResult.Again again) {
            queueAgain(ticket.runId(), again.later());
        }
    }

    private void release(Attempt attempt) {
        claims.remove(attempt.runId(), attempt);
        attempt.finish();
    }

    private void queueAgain(String runId, boolean later) {
        if (!later) {
            lane.add(runId);
        } else if (!watch.isShutdown()) {
            watch.schedule(() -> lane.add(runId), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Submission submit(RunRequest request) {
        return intake.submit(request);
    }

    @Override
    public Optional<Run> find(String id) {
        return id.length() > MAX_ID
                ? Optional.empty()
                : reads.ask(rows -> rows.run(id)).map(run -> run);
    }

    @Override
    public Page<Run> list(RunQuery query) {
        Page<RunRecord> page = reads.ask(rows -> rows.runs(query));
        return new Page<>(List.copyOf(page.items()), page.total(), page.nextOffset());
    }

    @Override
    public RunStats stats() {
        Map<RunState, Long> counts = reads.ask(rows -> rows.countByState());
        return new RunStats(counts.values().stream().mapToLong(Long::longValue).sum(), counts);
    }

    @Override
    public Run cancel(String id, String principal, String reason) {
        RunRecord run = known(id);
        Transitions.refuseIllegal(run, RunState.CANCELLED);
        requestCancel(run, principal, reason);
        long end = System.nanoTime() + CANCEL_PATIENCE.toNanos();
        while (!run.state().isTerminal() && System.nanoTime() - end < 0) {
            Attempt claim = new Attempt(id, null);
            Attempt other = claims.putIfAbsent(id, claim);
            if (other == null) {
                endUnclaimed(claim);
            } else {
                other.halt(Attempt.Halt.CANCEL);
                other.interrupt();
                other.awaitEnd(Duration.ofNanos(end - System.nanoTime()));
            }
            run = known(id);
        }
        return run;
    }

    private RunRecord known(String id) {
        return find(id).map(RunRecord.class::cast)
                .orElseThrow(() -> HostException.of(RunError.RUN_UNKNOWN, "id", PlainText.of(id, MAX_ID)));
    }

    /** On disk first: a host that dies now still ends the run after its restart. */
    private void requestCancel(RunRecord run, String principal, String reason) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("principal", principal);
        body.put("reason", PlainText.orNull(reason, PlainText.DETAIL));
        try {
            journal.write(List.of(new EntryDraft(run.stream(), EntryTypes.RUN_CANCEL_REQUESTED, body)), List.of());
        } catch (HostException e) {
            if (e.code() != JournalError.STREAM_ENDED) {
                throw e;
            }
            Transitions.refuseIllegal(known(run.id()), RunState.CANCELLED);
        }
    }

    /** Ends a run that nobody works on. If that fails it stays in the queue, and its worker ends it. */
    private void endUnclaimed(Attempt claim) {
        boolean ended = false;
        try {
            RunRecord run = known(claim.runId());
            if (!run.state().isTerminal()) {
                closer.end(run, AttemptResult.cancelled(Optional.empty()));
            }
            ended = true;
        } finally {
            lane.remove(claim.runId());
            release(claim);
            if (!ended) {
                lane.add(claim.runId());
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Work begins, or goes on, when somebody can do it. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindExecutor(RunExecutor executor) {
        lane.serve(executor);
    }

    /** Its attempts stop and go back to the queue. */
    void unbindExecutor(RunExecutor executor) {
        lane.lose(executor);
        halt(attempt -> attempt.executor() == executor, Attempt.Halt.EXECUTOR_GONE);
    }

    /** Mandatory: without it no run could end. */
    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void bindIssuer(ReceiptIssuer newIssuer) {
        issuer = newIssuer;
    }

    /** A new one, if any, was bound before. */
    void unbindIssuer(ReceiptIssuer oldIssuer) {
        if (issuer == oldIssuer) {
            issuer = null;
        }
    }

    /** From now on each attempt writes down which bundles are active. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindProvenance(Provenance service) {
        provenance = service;
    }

    /** A new one, if any, was bound before. */
    void unbindProvenance(Provenance service) {
        if (provenance == service) {
            provenance = null;
        }
    }

    private List<BundleRef> activeBundles() {
        Provenance present = provenance;
        return present == null ? List.of() : present.active();
    }

    /** Goals may name this network. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindChain(Chain chain, Map<String, ?> properties) {
        networks.put(chain, String.valueOf(properties.get(Chain.ID)));
    }

    /** Goals may not name this network any more. */
    void unbindChain(Chain chain) {
        networks.remove(chain);
    }
}
