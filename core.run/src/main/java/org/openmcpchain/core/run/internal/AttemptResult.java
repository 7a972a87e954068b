/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Optional;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunHeldException;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.run.RunState;

/** What becomes of a run after an attempt at it. */
sealed interface AttemptResult {

    /** It has ended. */
    record Ended(RunEnding ending) implements AttemptResult {}

    /** It is tried again: at once when there was somebody who sent it back, after a while when something is out of order. */
    record Again(String reason, boolean later) implements AttemptResult {}

    /** It failed for a reason that may pass: it is tried again while the rule for retries allows it, or ends like this. */
    record Faulty(RunEnding ending) implements AttemptResult {}

    /** It waits for people to decide. */
    record Held(String approval) implements AttemptResult {}

    /** It waits until somebody lets it go on. */
    record Paused() implements AttemptResult {}

    /** It stays as it is, for the next start. */
    record Suspended() implements AttemptResult {}

    /**
     * Judges what came out of the executor. A goal that was reached is reached, whatever was wanted in the meantime; a
     * failure while the work was being stopped is a consequence of stopping it.
     *
     * @param halt why the work should have stopped
     * @param ending what the executor returned, or null
     * @param thrown what it threw, or null
     */
    static AttemptResult of(Attempt.Halt halt, RunEnding ending, Throwable thrown) {
        if (ending != null && ending.state() == RunState.SUCCEEDED) {
            return new Ended(ending);
        }
        return switch (halt) {
            case CANCEL -> new Ended(cancelled(Optional.ofNullable(ending)));
            case PAUSE -> new Paused();
            case EXECUTOR_GONE -> new Again("executor-gone", false);
            case STOP -> new Suspended();
            case DEADLINE -> new Ended(overdue(Optional.ofNullable(ending)));
            case NONE -> ofItself(ending, thrown);
        };
    }

    private static AttemptResult ofItself(RunEnding ending, Throwable thrown) {
        if (thrown instanceof RunSuspendedException) {
            return new Again("suspended", true);
        }
        if (thrown instanceof RunHeldException held) {
            return new Held(held.approval());
        }
        if (thrown instanceof HostException known) {
            return ofKnown(known);
        }
        boolean isEnding =
                ending != null && (ending.state() == RunState.FAILED || ending.state() == RunState.CANCELLED);
        return new Ended(isEnding ? ending : failed(RunError.RUN_INTERNAL));
    }

    private static AttemptResult ofKnown(HostException known) {
        if (known.code() == JournalError.JOURNAL_UNAVAILABLE) {
            return new Again("journal-unavailable", true);
        }
        if (known.code() == RunError.RUN_CANCELLED) {
            return new Ended(cancelled(Optional.empty()));
        }
        RunEnding ending = RunEnding.failed(known.code().name(), known.plainText());
        return RetryRule.mayPass(known.code()) ? new Faulty(ending) : new Ended(ending);
    }

    /** How a run ends whose attempt was given up because it did not stop. */
    static RunEnding givenUp(Attempt.Halt halt) {
        return halt == Attempt.Halt.CANCEL ? cancelled(Optional.empty()) : overdue(Optional.empty());
    }

    /** A run that somebody ended. */
    static RunEnding cancelled(Optional<RunEnding> soFar) {
        return stopped(RunState.CANCELLED, RunError.RUN_CANCELLED, soFar);
    }

    /** That a transaction may still be mined is worth more than that time was up. */
    private static RunEnding overdue(Optional<RunEnding> soFar) {
        boolean isUnknown = soFar.flatMap(RunEnding::errorCode)
                .filter(ChainError.CHAIN_OUTCOME_UNKNOWN.name()::equals)
                .isPresent();
        return isUnknown ? soFar.get() : stopped(RunState.FAILED, RunError.RUN_DEADLINE, soFar);
    }

    private static RunEnding stopped(RunState state, ErrorCode why, Optional<RunEnding> soFar) {
        return new RunEnding(
                state,
                soFar.flatMap(RunEnding::reply),
                soFar.flatMap(RunEnding::thought),
                soFar.flatMap(RunEnding::result),
                Optional.of(why.name()),
                Optional.of(why.summary()),
                soFar.flatMap(RunEnding::provider));
    }

    private static RunEnding failed(ErrorCode code) {
        return RunEnding.failed(code.name(), code.summary());
    }
}
