/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a check of a receipt found. Immutable.
 *
 * @param verified whether every check passed
 * @param checks every check in the order in which it was made
 * @param facts what the receipt states, by name; to be believed only when it verified
 * @param notProven what even a receipt that verifies does not prove
 */
public record Verification(boolean verified, List<Check> checks, Map<String, String> facts, List<String> notProven) {

    /** Copies the collections and keeps their order. */
    public Verification {
        checks = List.copyOf(checks);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        notProven = List.copyOf(notProven);
    }

    /** The parts that failed, each once: {@code payloadType}, {@code payload: predicate.toolCalls}, {@code signature} … */
    public List<String> failedParts() {
        return checks.stream()
                .filter(check -> !check.passed())
                .map(Check::part)
                .distinct()
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * One check.
     *
     * @param part the part of the receipt that was looked at
     * @param passed whether it is as it should be
     * @param detail what was found, in words
     */
    public record Check(String part, boolean passed, String detail) {}
}
