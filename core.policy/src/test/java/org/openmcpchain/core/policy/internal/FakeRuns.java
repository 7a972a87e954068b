/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.RunStats;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Submission;

/** Runs in states that a test chooses. */
final class FakeRuns implements Runs {

    private final Map<String, RunRecord> runs = new ConcurrentHashMap<>();

    void put(String id, RunState state, Instant at) {
        Optional<String> none = Optional.empty();
        runs.put(
                id,
                new RunRecord(
                        id,
                        none,
                        "alice",
                        "goal",
                        none,
                        none,
                        "{}",
                        state,
                        at,
                        at,
                        state.isTerminal() ? Optional.of(at) : Optional.empty(),
                        1,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none));
    }

    @Override
    public Optional<Run> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public Page<Run> list(RunQuery query) {
        List<Run> found = runs.values().stream()
                .filter(run -> query.states().contains(run.state()))
                .map(Run.class::cast)
                .toList();
        int to = Math.min(query.offset() + query.limit(), found.size());
        return new Page<>(
                found.subList(Math.min(query.offset(), to), to),
                found.size(),
                to < found.size() ? OptionalInt.of(to) : OptionalInt.empty());
    }

    @Override
    public Submission submit(RunRequest request) {
        throw new AssertionError("not asked");
    }

    @Override
    public RunStats stats() {
        throw new AssertionError("not asked");
    }

    @Override
    public Run cancel(String id, String principal, String reason) {
        throw new AssertionError("not asked");
    }
}
