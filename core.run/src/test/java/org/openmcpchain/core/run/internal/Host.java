/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;

/** Journal and engine over one store, wired as Declarative Services would wire them. */
final class Host implements AutoCloseable {

    final HookedStore store;
    final ShieldedReads reads;
    final HostJournal journal;
    final FakeIssuer issuer = new FakeIssuer();
    final MemoryWorkQueue queue;
    final RunEngine engine;
    private RunExecutor executor;

    Host() {
        this(new HookedStore(), Settings.engine(2, 100, "PT1M", "PT0.4S"));
    }

    Host(HookedStore store, EngineSettings settings) {
        this(store, settings, Clock.systemUTC());
    }

    Host(HookedStore store, EngineSettings settings, Clock clock) {
        this(store, settings, Settings.journal(), clock);
    }

    Host(HookedStore store, EngineSettings settings, JournalSettings journaling, Clock clock) {
        this.store = store;
        reads = ShieldedReads.of(store);
        journal = new HostJournal(journaling, reads, Clock.systemUTC());
        queue = new MemoryWorkQueue(clock);
        engine = new RunEngine(settings, journal, journal, reads, queue, clock);
        engine.bindIssuer(issuer);
        engine.start();
    }

    Host with(RunExecutor newExecutor) {
        RunExecutor old = executor;
        executor = newExecutor;
        engine.bindExecutor(newExecutor);
        if (old != null) {
            engine.unbindExecutor(old);
        }
        return this;
    }

    void withoutExecutor() {
        engine.unbindExecutor(executor);
        executor = null;
    }

    Run submit(String goal) {
        return engine.submit(request(goal, null)).run();
    }

    Run find(String id) {
        return engine.find(id).orElseThrow();
    }

    /** Waits for an entry of this type in the stream of a run. */
    void awaitEntry(String id, String type) {
        await().until(() -> stream(id).stream().anyMatch(entry -> entry.type().equals(type)));
    }

    Run awaitState(String id, RunState state) {
        await("run in state " + state).until(() -> find(id).state() == state);
        return find(id);
    }

    List<JournalEntry> stream(String id) {
        return journal.read("run/" + id, 0, 1000);
    }

    List<String> reasons(String id) {
        return stream(id).stream()
                .filter(entry -> entry.type().equals("run.state"))
                .map(entry -> entry.body().replaceAll(".*\"reason\":\"([^\"]*)\",\"to\":\"([^\"]*)\".*", "$2 $1"))
                .toList();
    }

    static RunRequest request(String goal, String clientId) {
        return new RunRequest("alice", goal, Optional.ofNullable(clientId), Optional.empty(), "{}");
    }

    static RunEnding success(String reply) {
        return ending(RunState.SUCCEEDED, Map.of(), reply);
    }

    static RunEnding ending(RunState state, Map<String, String> error, String reply) {
        return new RunEnding(
                state,
                Optional.of(reply),
                Optional.of("thought"),
                Optional.of("{\"outcome\":\"OK\",\"n\":1.50}"),
                Optional.ofNullable(error.get("code")),
                Optional.ofNullable(error.get("detail")),
                Optional.of("planner"));
    }

    @Override
    public void close() {
        engine.stop();
        queue.close();
        journal.close();
        reads.close();
    }
}
