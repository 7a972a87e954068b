/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.util.Optional;
import org.openmcpchain.run.RunState;

/**
 * How a run ended.
 *
 * @param state SUCCEEDED, FAILED or CANCELLED
 * @param reply what the agent answers, in words
 * @param thought what the agent thought, in words
 * @param result a JSON object: outcome word, chain snapshot, observations, tool results
 * @param errorCode an error code of the catalogue, when it did not succeed
 * @param errorDetail what went wrong, in words
 * @param provider the inference provider that was used
 */
public record RunEnding(
        RunState state,
        Optional<String> reply,
        Optional<String> thought,
        Optional<String> result,
        Optional<String> errorCode,
        Optional<String> errorDetail,
        Optional<String> provider) {

    /** A run that did not reach its goal. */
    public static RunEnding failed(String errorCode, String detail) {
        return new RunEnding(
                RunState.FAILED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(errorCode),
                Optional.of(detail),
                Optional.empty());
    }
}
