/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The list of runs that were given up. Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface DeadLetters {

    /** Dead letters in one of these states (empty for all), newest first. */
    Page<DeadLetter> list(Set<DeadLetter.State> states, int offset, int limit);

    /** The dead letter of a run, or empty. */
    Optional<DeadLetter> find(String runId);

    /**
     * Submits its goal again as a new run; doing it twice gives the same new run.
     *
     * <p>Errors: {@code DEAD_LETTER_UNKNOWN}, {@code DEAD_LETTER_CLOSED} (discarded), those of {@link Runs#submit}.
     */
    Submission replay(String runId, String principal);

    /** Leaves it. Errors: {@code DEAD_LETTER_UNKNOWN}, {@code DEAD_LETTER_CLOSED}. */
    DeadLetter discard(String runId, String principal, String reason);
}
