/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong with receipts and proofs. */
public enum ProofError implements ErrorCode {
    RECEIPT_UNKNOWN(ErrorTraits.notFound(
            "There is no receipt for this run", "Wait for the end of the run; each ended run has one")),
    RECEIPT_INVALID(ErrorTraits.invalid("The receipt does not verify", "Do not rely on it; the failing part is named")),
    PROOF_UNAVAILABLE(ErrorTraits.unavailable("No proof provider is available", "Install or start a proof provider")),
    JSON_NOT_CANONICAL(ErrorTraits.invalid(
            "The JSON text cannot be brought into canonical form",
            "Use valid JSON without duplicate keys and with finite numbers")),
    PROOF_KEY_UNUSABLE(ErrorTraits.of(
            Category.INTERNAL,
            false,
            500,
            GrpcStatus.INTERNAL,
            "The key that signs receipts cannot be used",
            "Look at the key folder of org.openmcpchain.proofs.receipt.Issuer; the detail says what is wrong"));

    private final ErrorTraits traits;

    ProofError(ErrorTraits traits) {
        this.traits = traits;
    }

    @Override
    public Category category() {
        return traits.category();
    }

    @Override
    public boolean retryable() {
        return traits.retryable();
    }

    @Override
    public int httpStatus() {
        return traits.httpStatus();
    }

    @Override
    public GrpcStatus grpcStatus() {
        return traits.grpcStatus();
    }

    @Override
    public String summary() {
        return traits.summary();
    }

    @Override
    public String remedy() {
        return traits.remedy();
    }
}
