/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.Map;
import java.util.Optional;

/** Every decision of the gate. */
final class VerdictSection extends RecordSection {

    VerdictSection() {
        super("verdicts", "gate.");
    }

    @Override
    Optional<Map<String, Object>> find(RunEntry entry) {
        return Optional.empty();
    }

    @Override
    void fill(Map<String, Object> target, RunEntry entry) {
        entry.copyTo(target, "point", "subject", "callId", "decision", "rule", "policyVersion", "intentHash");
        entry.bundle().ifPresent(bundle -> target.put("bundle", bundle));
    }
}
