/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.Map;
import java.util.Optional;

/** Everything that was signed and is not a transaction. */
final class SignatureSection extends RecordSection {

    SignatureSection() {
        super("signatures", "message.");
    }

    @Override
    Optional<Map<String, Object>> find(RunEntry entry) {
        return Optional.empty();
    }

    @Override
    void fill(Map<String, Object> target, RunEntry entry) {
        entry.copyTo(target, "callId", "label", "kind", "chain", "from", "digest", "signature", "intentHash");
    }
}
