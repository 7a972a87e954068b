/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.time.Instant;
import java.util.Optional;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** A run as it is stored; see {@link Run} for the meaning of each part. */
public record RunRecord(
        String id,
        Optional<String> clientId,
        String principal,
        String goal,
        Optional<String> network,
        Optional<String> session,
        String metadata,
        RunState state,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> endedAt,
        int attempts,
        Optional<String> reply,
        Optional<String> thought,
        Optional<String> result,
        Optional<String> errorCode,
        Optional<String> errorDetail,
        Optional<String> provider,
        Optional<String> receiptDigest)
        implements Run {

    /** The same run in another state. */
    public RunRecord in(RunState newState, Instant at, int newAttempts) {
        return new RunRecord(
                id,
                clientId,
                principal,
                goal,
                network,
                session,
                metadata,
                newState,
                createdAt,
                at,
                endedAt,
                newAttempts,
                reply,
                thought,
                result,
                errorCode,
                errorDetail,
                provider,
                receiptDigest);
    }

    /** The same run, ended. */
    public RunRecord ended(RunEnding ending, Instant at, String digest) {
        return new RunRecord(
                id,
                clientId,
                principal,
                goal,
                network,
                session,
                metadata,
                ending.state(),
                createdAt,
                at,
                Optional.of(at),
                attempts,
                ending.reply(),
                ending.thought(),
                ending.result(),
                ending.errorCode(),
                ending.errorDetail(),
                ending.provider(),
                Optional.ofNullable(digest));
    }
}
