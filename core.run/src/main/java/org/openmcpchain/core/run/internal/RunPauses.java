/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.function.Consumer;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.run.Run;

/** What signals need of the engine. Thread-safe. */
interface RunPauses {

    /** Stops a run and keeps what it has. Errors: {@code RUN_UNKNOWN}, {@code RUN_TRANSITION_ILLEGAL}. */
    Run interrupt(String id, String principal, String reason, Duration grace);

    /** Lets a paused run go on. Errors: {@code RUN_UNKNOWN}, {@code RUN_TRANSITION_ILLEGAL}. */
    Run resume(String id, String principal);

    /** Calls back for each run that ends from now on, on the thread that ended it: the watcher must be quick. */
    Subscription watchEndings(Consumer<Run> watcher);
}
