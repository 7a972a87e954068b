/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.time.Duration;
import java.util.List;

/**
 * Which runs to wait for, and what to make of their results.
 *
 * @param runs their ids, 1 to 1,000 without a repetition
 * @param strategy what to make of them
 * @param count for {@link Strategy#FIRST} how many are enough
 * @param pointer for {@link Strategy#MAJORITY} and {@link Strategy#REDUCE} the JSON pointer of the value within a result
 * @param reducer for {@link Strategy#REDUCE}: {@code sum}, {@code min}, {@code max}, {@code count} or {@code concat}
 * @param timeout how long to wait at most
 */
public record CollectRequest(
        List<String> runs, Strategy strategy, int count, String pointer, String reducer, Duration timeout) {

    /** What to make of several results. */
    public enum Strategy {
        /** Wait for all of them. */
        ALL,
        /** Wait for the first few that succeed. */
        FIRST,
        /** Wait until more than half of all agree on one value. */
        MAJORITY,
        /** Wait for all of them and fold their values into one. */
        REDUCE
    }

    /** Copies the ids. */
    public CollectRequest {
        runs = List.copyOf(runs);
    }
}
