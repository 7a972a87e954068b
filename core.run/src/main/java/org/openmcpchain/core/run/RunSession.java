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
