/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.run.CollectRequest;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.RunState;

/** What a strategy makes of the runs that have ended so far. Not thread-safe. */
interface CollectTally {

    /** The longest pointer. */
    int MAX_POINTER = 1024;

    /** The longest value that is looked at, in characters. */
    int MAX_VALUE = 64 * 1024;

    /** A run has ended. */
    void count(Collected.Part part);

    /** Whether the strategy has got what it wanted, when so many runs have not ended. */
    boolean isComplete(int open);

    /** Whether further runs cannot change what comes of it. */
    boolean isDecided(int open);

    /** For a majority or a reduction the value as JSON, or empty. */
    default Optional<String> value() {
        return Optional.empty();
    }

    /** The tally that a request asks for. Error: {@code SIGNAL_INVALID} with the field. */
    static CollectTally of(CollectRequest request) {
        check(request);
        return switch (request.strategy()) {
            case ALL -> new All();
            case FIRST -> new First(request.count());
            case MAJORITY -> new CollectMajority(request.runs().size(), pointer(request));
            case REDUCE -> new CollectReduction(request.runs(), pointer(request), request.reducer());
        };
    }

    /** The value that a run brought: only one that reached its goal brings one. */
    static Optional<JsonNode> valueOf(Collected.Part part, JsonPointer pointer) {
        return part.state() == RunState.SUCCEEDED
                ? part.result()
                        .flatMap(JsonText::read)
                        .map(result -> result.at(pointer))
                        .filter(value -> !value.isMissingNode() && !value.isNull())
                        .filter(value -> value.toString().length() <= MAX_VALUE)
                : Optional.empty();
    }

    private static void check(CollectRequest request) {
        refuseUnless(request.strategy() != null, "strategy", "ALL, FIRST, MAJORITY or REDUCE");
        Set<String> distinct = new HashSet<>(request.runs());
        refuseUnless(
                !distinct.isEmpty() && distinct.size() == request.runs().size() && distinct.size() <= 1000,
                "runs",
                "1 to 1,000 ids, each once");
        refuseUnless(
                distinct.stream().allMatch(id -> id.length() <= RunEngine.MAX_ID),
                "runs",
                "ids of at most 64 characters");
        Duration timeout = request.timeout();
        refuseUnless(
                timeout != null && !timeout.isNegative() && timeout.compareTo(Duration.ofHours(1)) <= 0,
                "timeout",
                "a duration from PT0S to PT1H");
        if (request.strategy() == CollectRequest.Strategy.FIRST) {
            refuseUnless(
                    request.count() >= 1 && request.count() <= request.runs().size(),
                    "count",
                    "1 to the number of runs");
        }
    }

    private static JsonPointer pointer(CollectRequest request) {
        String pointer = request.pointer() == null ? "" : request.pointer();
        refuseUnless(pointer.length() <= MAX_POINTER, "pointer", "at most 1,024 characters");
        try {
            return JsonPointer.compile(pointer);
        } catch (IllegalArgumentException e) {
            throw SteerSignal.invalid("pointer", "a JSON pointer such as /toolResults/0/result/price, or empty");
        }
    }

    private static void refuseUnless(boolean condition, String field, String rule) {
        if (!condition) {
            throw SteerSignal.invalid(field, rule);
        }
    }

    /** Waits for every run, however it ends. */
    final class All implements CollectTally {

        @Override
        public void count(Collected.Part part) {
            // each counts the same
        }

        @Override
        public boolean isComplete(int open) {
            return open == 0;
        }

        @Override
        public boolean isDecided(int open) {
            return open == 0;
        }
    }

    /** Waits for a number of runs that reach their goal, as long as there can be so many. */
    final class First implements CollectTally {

        private final int wanted;
        private int succeeded;

        First(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void count(Collected.Part part) {
            if (part.state() == RunState.SUCCEEDED) {
                succeeded++;
            }
        }

        @Override
        public boolean isComplete(int open) {
            return succeeded >= wanted;
        }

        @Override
        public boolean isDecided(int open) {
            return succeeded >= wanted || succeeded + open < wanted;
        }
    }
}
