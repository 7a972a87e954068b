/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.time.Instant;
import org.openmcpchain.market.BundleRef;

/**
 * On whose behalf a chain is used: every intent that comes out of it names these.
 *
 * @param principal who submitted the run
 * @param runId the run
 * @param callId the tool call within the run; stable across restarts
 * @param tool the tool operation, for example {@code dex_swap}
 * @param bundle the tool's bundle
 * @param account the 0x address to spend from, or null for the first account of the first wallet
 * @param deadline when the call must have ended
 * @param session the canonical key of the session that the run belongs to, or null
 */
public record CallScope(
        String principal,
        String runId,
        String callId,
        String tool,
        BundleRef bundle,
        String account,
        Instant deadline,
        String session) {

    /** A call outside of any session. */
    public CallScope(
            String principal,
            String runId,
            String callId,
            String tool,
            BundleRef bundle,
            String account,
            Instant deadline) {
        this(principal, runId, callId, tool, bundle, account, deadline, null);
    }
}
