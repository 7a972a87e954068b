/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.run.CollectRequest;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.RunStats;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Signals;
import org.openmcpchain.run.Submission;

/**
 * Runs that a test ends, or that end by themselves after a moment. They live on when the sessions are killed. Each run asks a
 * model once or twice and says which signals it has heard, as the agent does.
 */
final class FakeRuns implements Runs, Signals, AutoCloseable {

    private final Journal journal;
    private final Map<String, RunRecord> runs = new LinkedHashMap<>();
    private final Map<String, Long> lastSignal = new LinkedHashMap<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final Random random = new Random(7);
    private final List<String> overlaps = new ArrayList<>();
    private boolean free;
    private RuntimeException refusal;
    private int answersToLose;

    FakeRuns(Journal journal) {
        this.journal = journal;
    }

    /** Runs end by themselves from now on, those at work, too. */
    synchronized FakeRuns letGo() {
        free = true;
        runs.values().stream().filter(run -> !run.state().isTerminal()).forEach(run -> plan(run.id()));
        return this;
    }

    /** Runs that begin from now on wait for the test. */
    synchronized void hold() {
        free = false;
    }

    /** The next goals are refused with this, or taken again with null. */
    synchronized void refuse(RuntimeException reason) {
        refusal = reason;
    }

    /** So many of the next goals are taken, but nobody is told. */
    synchronized void loseAnswers(int count) {
        answersToLose = count;
    }

    synchronized List<RunRecord> all() {
        return List.copyOf(runs.values());
    }

    /** Sessions that had two runs at work at once. */
    synchronized List<String> overlaps() {
        return List.copyOf(overlaps);
    }

    @Override
    public synchronized Submission submit(RunRequest request) {
        if (refusal != null) {
            throw refusal;
        }
        Optional<RunRecord> earlier = runs.values().stream()
                .filter(run -> run.principal().equals(request.principal())
                        && run.clientId().equals(request.clientId())
                        && run.clientId().isPresent())
                .findFirst();
        if (earlier.isPresent()) {
            if (earlier.get().goal().equals(request.goal())) {
                loseAnswer();
                return new Submission(earlier.get(), false);
            }
            throw HostException.of(
                    RunError.RUN_CLIENT_ID_CONFLICT, "id", earlier.get().id());
        }
        runs.values().stream()
                .filter(run -> run.session().equals(request.session())
                        && run.session().isPresent()
                        && !run.state().isTerminal())
                .forEach(run -> overlaps.add(run.id()));
        RunRecord run = record(request);
        runs.put(run.id(), run);
        journal.append(run.stream(), EntryTypes.RUN_SUBMITTED, Map.of("goal", run.goal()));
        if (free) {
            plan(run.id());
        }
        loseAnswer();
        return new Submission(run, true);
    }

    private void loseAnswer() {
        if (answersToLose > 0) {
            answersToLose--;
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", "it may still be written");
        }
    }

    private RunRecord record(RunRequest request) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new RunRecord(
                "r" + (runs.size() + 1),
                request.clientId(),
                request.principal(),
                request.goal(),
                request.network(),
                request.session(),
                request.metadata(),
                RunState.RUNNING,
                now,
                now,
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void plan(String id) {
        threads.schedule(() -> listen(id), random.nextInt(6), TimeUnit.MILLISECONDS);
        threads.schedule(() -> succeed(id, "done: " + id), 6 + random.nextInt(6), TimeUnit.MILLISECONDS);
    }

    /** The run asks its model, and hears what it was told until now. */
    synchronized void listen(String id) {
        if (!runs.get(id).state().isTerminal()) {
            journal.append(
                    "run/" + id,
                    EntryTypes.INFERENCE_REQUESTED,
                    Map.of("round", 1, "steered", lastSignal.getOrDefault(id, 0L)));
        }
    }

    void succeed(String id, String reply) {
        end(id, ending(RunState.SUCCEEDED, reply, null, null));
    }

    static RunEnding ending(RunState state, String reply, String code, String result) {
        return new RunEnding(
                state,
                Optional.ofNullable(reply),
                Optional.empty(),
                Optional.ofNullable(result),
                Optional.ofNullable(code),
                Optional.ofNullable(code).map(text -> "detail of " + text),
                Optional.of("planner"));
    }

    synchronized void end(String id, RunEnding ending) {
        RunRecord run = runs.get(id);
        if (!run.state().isTerminal()) {
            runs.put(id, run.ended(ending, Instant.now(), null));
            journal.append(run.stream(), EntryTypes.RUN_ENDED, Map.of("state", ending.state()));
        }
    }

    @Override
    public synchronized Optional<Run> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public synchronized Run cancel(String id, String principal, String reason) {
        if (runs.get(id).state().isTerminal()) {
            throw HostException.of(RunError.RUN_TRANSITION_ILLEGAL, "id", id);
        }
        end(
                id,
                new RunEnding(
                        RunState.CANCELLED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("RUN_CANCELLED"),
                        Optional.of(reason),
                        Optional.empty()));
        return runs.get(id);
    }

    @Override
    public synchronized long steer(String runId, String principal, String text, String parameters) {
        if (runs.get(runId).state().isTerminal()) {
            throw HostException.of(RunError.RUN_TRANSITION_ILLEGAL, "id", runId);
        }
        long seq = journal.append(
                        "run/" + runId,
                        EntryTypes.RUN_STEERED,
                        Map.of("principal", principal, "text", text, "parameters", parameters))
                .seq();
        lastSignal.put(runId, seq);
        return seq;
    }

    @Override
    public Page<Run> list(RunQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RunStats stats() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Run interrupt(String runId, String principal, String reason, Duration grace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Run resume(String runId, String principal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Collected collect(CollectRequest request, Consumer<Collected.Part> each) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
