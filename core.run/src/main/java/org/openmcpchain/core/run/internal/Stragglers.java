/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives attempts up that were to stop at once and do not, and ends their runs. For one thread. */
final class Stragglers {

    private static final Logger LOG = LoggerFactory.getLogger(Stragglers.class);

    private final ShieldedReads reads;
    private final Claims claims;
    private final RunCloser closer;
    private final Duration patience;
    private final Map<String, RunEnding> unended = new LinkedHashMap<>();

    /** @param patience how long after the wish that it stop an attempt is given up */
    Stragglers(ShieldedReads reads, Claims claims, RunCloser closer, Duration patience) {
        this.reads = reads;
        this.claims = claims;
        this.closer = closer;
        this.patience = patience;
    }

    /** Looks for such attempts; an end that could not be written is tried again by the next call. */
    void look() {
        for (Attempt attempt : claims.giveUp(patience)) {
            LOG.error(
                    "The attempt at run {} was interrupted and does not stop; it is given up, and its thread is missing"
                            + " until it comes back",
                    attempt.runId());
            unended.put(attempt.runId(), AttemptResult.givenUp(attempt.halted()));
        }
        unended.entrySet().removeIf(each -> end(each.getKey(), each.getValue()));
    }

    /** Whether there is nothing more to do about this run. */
    private boolean end(String runId, RunEnding ending) {
        Attempt claim = new Attempt(runId, null);
        Attempt other = claims.take(claim);
        if (other != null) {
            return other.isWork();
        }
        try {
            Optional<RunRecord> run = reads.ask(rows -> rows.run(runId));
            run.filter(known -> !known.state().isTerminal())
                    .ifPresent(known -> closer.end(known, honest(runId, ending)));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Run {} was given up and cannot be ended now; that is tried again: {}", runId, e.getMessage(), e);
            return false;
        } finally {
            claims.release(claim);
        }
    }

    /** That a transaction may still be mined is worth more than that time was up. */
    private RunEnding honest(String runId, RunEnding ending) {
        boolean isUnknown = ending.state() == RunState.FAILED
                && reads.ask(rows -> rows.transactionsOfRun(runId)).stream()
                        .anyMatch(transaction -> !transaction.state().isFinal());
        return isUnknown
                ? RunEnding.failed(ChainError.CHAIN_OUTCOME_UNKNOWN.name(), ChainError.CHAIN_OUTCOME_UNKNOWN.summary())
                : ending;
    }
}
