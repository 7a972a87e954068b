/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import org.openmcpchain.policy.Intent;

/**
 * One intent before the gate, with everything that its verdict depends on. Immutable.
 *
 * @param intent what is wanted
 * @param intentHash the SHA-256 of its canonical JSON, lower-case hex
 * @param policy the policy that judges it
 * @param circumstances what was true around it: the time and the tool's grant
 */
record GateQuestion(Intent intent, String intentHash, PolicyInForce policy, Circumstances circumstances) {

    /** When the question was put. */
    Instant at() {
        return circumstances.now();
    }

    /** The journal stream that the verdict, and whatever belongs to it, is written to. */
    String stream() {
        return intent.runId().map(id -> "run/" + id).orElse(org.openmcpchain.journal.JournalEntry.HOST_STREAM);
    }
}
