/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.osgi.annotation.versioning.ProviderType;

/** One attempt at a run. Thread-safe. */
@ProviderType
public interface RunSession {

    /** The run as it was when the attempt began. */
    Run run();

    /** Every entry of the run's stream when the attempt began, oldest first. */
    List<JournalEntry> history();

    /** Appends to the run's stream; returns when the entry is on disk. */
    JournalEntry record(String type, Map<String, ?> body);

    /**
     * Every entry of the run's stream behind a place, oldest first, as it stands now: also what others wrote, such as a
     * signal. A session whose run gets no signals has none.
     */
    default List<JournalEntry> since(long seq) {
        return List.of();
    }

    /**
     * How often the run may still be tried again. While there is a try left, an executor that cannot go on for a reason
     * that may pass throws a {@code HostException} whose code is retryable; without one it ends the run with what it has
     * found so far, and with that code.
     */
    default int retriesLeft() {
        return 0;
    }

    /** The host's clock. */
    Instant now();

    /**
     * Called between steps.
     *
     * @throws RunSuspendedException when the host is stopping or the executor is being replaced
     * @throws org.openmcpchain.error.HostException with {@code RUN_CANCELLED} when the run was cancelled, or with
     *     {@code RUN_DEADLINE}
     */
    void checkActive();
}
