/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import java.time.Instant;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.osgi.annotation.versioning.ProviderType;

/** What one tool call may use. Thread-safe; of no use after the call has ended. */
@ProviderType
public interface ToolContext {

    /** The run that this call belongs to. */
    String runId();

    /** This call; the same after a restart. */
    String callId();

    /** When the call must have ended. */
    Instant deadline();

    /** The host's clock. */
    Instant now();

    /** The run's network. Error: {@code CHAIN_UNKNOWN}. */
    ChainAccess chain();

    /** Another network. Error: {@code CHAIN_UNKNOWN}. */
    ChainAccess chain(ChainId id);
}
