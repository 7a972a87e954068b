/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.RunStats;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Submission;

/** Runs in memory; nobody works on them but the test. */
final class FakeRuns implements Runs {

    final Map<String, FakeRun> stored = new LinkedHashMap<>();
    RunRequest submitted;
    RunQuery asked;
    String cancelled;

    FakeRun add(String id, String goal, RunState state) {
        RunRequest request = new RunRequest("admin", goal, Optional.empty(), Optional.empty(), "{}");
        FakeRun run = new FakeRun(id, request, state, Optional.empty());
        stored.put(id, run);
        return run;
    }

    void end(String id, RunState state, String code) {
        stored.computeIfPresent(id, (key, run) -> run.in(state, code));
    }

    @Override
    public Submission submit(RunRequest request) {
        submitted = request;
        FakeRun run = stored.computeIfAbsent(
                "run-" + (stored.size() + 1), id -> new FakeRun(id, request, RunState.PENDING, Optional.empty()));
        return new Submission(run, true);
    }

    @Override
    public Optional<Run> find(String id) {
        return Optional.ofNullable(stored.get(id));
    }

    @Override
    public Page<Run> list(RunQuery query) {
        asked = query;
        List<Run> all = List.copyOf(stored.values());
        int end = Math.min(all.size(), query.offset() + query.limit());
        return new Page<>(
                all.subList(Math.min(query.offset(), end), end),
                all.size(),
                end < all.size() ? OptionalInt.of(end) : OptionalInt.empty());
    }

    @Override
    public RunStats stats() {
        Map<RunState, Long> byState = new EnumMap<>(RunState.class);
        stored.values().forEach(run -> byState.merge(run.state(), 1L, Long::sum));
        return new RunStats(stored.size(), byState);
    }

    @Override
    public Run cancel(String id, String principal, String reason) {
        if (stored.get(id).state().isTerminal()) {
            throw HostException.of(
                    RunError.RUN_TRANSITION_ILLEGAL, "from", stored.get(id).state());
        }
        cancelled = id + " by " + principal + ": " + reason;
        end(id, RunState.CANCELLED, RunError.RUN_CANCELLED.name());
        return stored.get(id);
    }
}
