/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.proof.Digests;

/** Every signed transaction with its last known state; of the signed bytes only the digest. */
final class TransactionSection extends RecordSection {

    TransactionSection() {
        super("transactions", "tx.");
    }

    @Override
    Optional<Map<String, Object>> find(RunEntry entry) {
        return youngest(entry, "hash");
    }

    @Override
    void fill(Map<String, Object> target, RunEntry entry) {
        entry.copyTo(
                target,
                "hash",
                "callId",
                "label",
                "chain",
                "from",
                "to",
                "nonce",
                "value",
                "state",
                "blockNumber",
                "blockHash",
                "gasUsed",
                "effectiveGasPrice");
        entry.text("rawTransaction")
                .flatMap(TransactionSection::sha256)
                .ifPresent(digest -> target.put("signedSha256", digest));
    }

    private static Optional<String> sha256(String hex) {
        try {
            return Optional.of(
                    Digests.sha256(HexFormat.of().parseHex(hex, hex.startsWith("0x") ? 2 : 0, hex.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
