/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the host has acknowledged so far, kept outside of the host. Thread-safe. */
final class CrashRecord {

    private final Map<String, CrashPlan.Line> said = new LinkedHashMap<>();
    private final Map<String, Long> numbers = new TreeMap<>();
    private final Map<String, String> answers = new TreeMap<>();

    /** A line that is to be said; it is said again until the host acknowledges it. */
    synchronized void plan(CrashPlan.Line line) {
        said.put(line.id(), line);
    }

    /**
     * The host has taken a line.
     *
     * @return false when it took the same line before under another number: then it was not the same message to the host
     */
    synchronized boolean taken(String id, long number) {
        Long before = numbers.putIfAbsent(id, number);
        return before == null || before == number;
    }

    /** The host has taken an answer to an approval. */
    synchronized void answered(String approval, String answer) {
        answers.put(approval, answer);
    }

    /** Lines that the host has not acknowledged. */
    synchronized List<CrashPlan.Line> unacknowledged() {
        return said.values().stream()
                .filter(line -> !numbers.containsKey(line.id()))
                .toList();
    }

    synchronized List<CrashPlan.Line> lines() {
        return new ArrayList<>(said.values());
    }

    synchronized Optional<Long> number(String id) {
        return Optional.ofNullable(numbers.get(id));
    }

    synchronized Map<String, String> answers() {
        return Map.copyOf(answers);
    }
}
