/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

/** The caps, seen from the gate. Thread-safe; no lock is held across a write. */
interface Reservations {

    /**
     * Counts an intent that the rules allow, or want to be approved, under each cap that applies; at once and in memory,
     * so that no concurrent question sees the room twice. The gate then calls either {@link Reserved#with} or {@link
     * Reserved#cancel}, once. The same key again replaces its own reservation. With refusals, nothing is counted unless
     * they ask for an approval.
     */
    Reserved reserve(GateQuestion question);

    /**
     * Holds the intent's key, so that nobody decides, settles or votes on it while its verdict is made and written. Other
     * keys are not held up. Closed by the same thread.
     */
    default DecisionLocks.Held hold(GateQuestion question) {
        return () -> {};
    }

    /**
     * The rules refuse an intent: what an earlier question with this key reserved, and nobody was ever allowed to use, is
     * given back.
     */
    Consequence refused(GateQuestion question);
}
