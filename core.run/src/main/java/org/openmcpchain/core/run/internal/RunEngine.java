/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunControl;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.WorkQueue;
import org.openmcpchain.journal.Subscription;
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

/**
 * The runs of this host. The queue delivers them to its threads, the journal decides what a delivery may do, and whoever
 * works on a run claims it first, so that a run that is delivered twice is worked on once. Thread-safe.
 */
@Component(
        service = {Runs.class, RunControl.class, RunPauses.class},
        immediate = true,
        name = "org.openmcpchain.core.run.Engine",
        configurationPid = "org.openmcpchain.core.run.Engine")
@Designate(ocd = EngineSettings.class)
public final class RunEngine implements Runs, RunControl, RunPauses {

    /** The longest id that is looked up. */
    static final int MAX_ID = 64;

    /** How soon a run is delivered again that somebody works on, or moves, just now. */
    private static final Duration BUSY = Duration.ofMillis(200);

    private final ShieldedReads reads;
    private final WorkQueue queue;
    private final RunLane lane;
    final Claims claims = new Claims();
    private final RunIntake intake;
    private final RunWorker worker;
    private final Cancellation cancellation;
    private final Interruptions interruptions;
    private final RunEndings endings = new RunEndings();
    private final Holds holds;
    private final Recovery recovery;
    private final LostRuns lost;
    private final Stragglers stragglers;
    private final Duration sweep;
    private final ScheduledThreadPoolExecutor watch;
    private final int workers;
    private final Duration drain;
    private final ConcurrentHashMap<Chain, String> networks = new ConcurrentHashMap<>();
    private final Object serving = new Object();
    private boolean started;
    private Subscription service;
    private volatile RunExecutor executor;
    private volatile ReceiptIssuer issuer;
    private volatile Provenance provenance;

    /** Not yet working; see {@link #start}. */
    @Activate
    public RunEngine(
            EngineSettings settings,
            @Reference JournaledStore journal,
            @Reference StreamWriter writer,
            @Reference ShieldedReads reads,
            @Reference(name = "WorkQueue") WorkQueue queue) {
        this(settings, journal, writer, reads, queue, Clock.systemUTC());
    }

    RunEngine(
            EngineSettings settings,
            JournaledStore journal,
            StreamWriter writer,
            ShieldedReads reads,
            WorkQueue queue,
            Clock clock) {
        this.reads = reads;
        this.queue = queue;
        workers = settings.workers();
        drain = SettingText.duration("drain", settings.drain());
        sweep = SettingText.duration("sweep", settings.sweep());
        Duration deadline = SettingText.duration("runDeadline", settings.runDeadline());
        RetryRule retries =
                RetryRule.of(settings, () -> ThreadLocalRandom.current().nextDouble());
        watch = new ScheduledThreadPoolExecutor(1, new NamedThreads("openmcp-run-watch"));
        watch.setRemoveOnCancelPolicy(true);
        lane = new RunLane(queue, settings.queueLimit(), clock);
        lost = new LostRuns(reads, claims, lane, clock);
        intake = new RunIntake(journal, reads, lane, lost, networks::containsValue, clock);
        RunCloser closer = new RunCloser(writer, reads, () -> issuer, endings, clock);
        worker = new RunWorker(journal, reads, closer, watch, deadline, retries, clock, this::activeBundles);
        Duration giveUp = SettingText.duration("giveUp", settings.giveUp());
        stragglers = new Stragglers(reads, claims, closer, giveUp);
        cancellation = new Cancellation(journal, reads, claims, lane, closer);
        interruptions = new Interruptions(journal, reads, claims, lane, clock);
        holds = new Holds(journal, reads, claims, lane, clock);
        recovery = new Recovery(journal, reads, lane, clock);
    }

    /** Queues what an earlier life left unfinished, then takes deliveries. */
    @Activate
    void start() {
        lane.open(this::sweep, sweep);
        recovery.recover();
        synchronized (serving) {
            started = true;
            serveIfPossible();
        }
    }

    private void sweep() {
        stragglers.look();
        lost.sweep();
    }

    /** Suspends all work, bounded; what is not finished continues at the next start. */
    @Deactivate
    void stop() {
        lane.close();
        synchronized (serving) {
            started = false;
            serveNoMore();
        }
        claims.halt(attempt -> true, Attempt.Halt.STOP, drain);
        claims.finishAll();
        watch.shutdownNow();
    }

    /** Without an executor there is nothing to take deliveries for, so they stay where they are. */
    private void serveIfPossible() {
        if (started && executor != null && service == null) {
            service = queue.serve(RunLane.KIND, workers, this::deliver);
        }
    }

    private void serveNoMore() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    /** A run is due. Answers when it is due again, or empty when nothing is to be done about it by itself. */
    Optional<Duration> deliver(String runId) {
        RunExecutor present = executor;
        if (present == null) {
            return Optional.of(RunWorker.LATER);
        }
        Attempt attempt = new Attempt(runId, present);
        if (claims.take(attempt) != null) {
            return Optional.of(BUSY);
        }
        lane.left(runId);
        Optional<Duration> again = Optional.of(Duration.ZERO);
        try {
            if (executor == present) {
                again = worker.work(attempt);
            }
            if (again.isPresent()) { // before the claim is free, so that it is at no moment neither claimed nor waiting
                lane.waits(runId);
            }
        } finally {
            claims.release(attempt);
        }
        if (again.isEmpty()) {
            heed(attempt);
        }
        return again;
    }

    /** What was asked for while the run came to wait, after anybody looked. */
    private void heed(Attempt attempt) {
        if (attempt.isWoken()) {
            holds.wake(attempt.runId());
        }
        if (attempt.halted() == Attempt.Halt.CANCEL) {
            lane.add(attempt.runId());
        }
    }

    @Override
    public void wake(String runId) {
        holds.wake(runId);
    }

    @Override
    public Run interrupt(String id, String principal, String reason, Duration grace) {
        return interruptions.interrupt(id, principal, reason, grace);
    }

    @Override
    public Run resume(String id, String principal) {
        return interruptions.resume(id, principal);
    }

    @Override
    public Subscription watchEndings(Consumer<Run> watcher) {
        return endings.watch(watcher);
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
        return cancellation.cancel(id, principal, reason);
    }

    /** Work begins, or goes on, when somebody can do it. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindExecutor(RunExecutor newExecutor) {
        synchronized (serving) {
            executor = newExecutor;
            serveIfPossible();
        }
    }

    /** Its attempts stop and go back to the queue. */
    void unbindExecutor(RunExecutor oldExecutor) {
        synchronized (serving) {
            if (executor == oldExecutor) {
                executor = null;
                serveNoMore();
            }
        }
        claims.halt(attempt -> attempt.executor() == oldExecutor, Attempt.Halt.EXECUTOR_GONE, drain);
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
