/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong with accounts and signing. */
public enum WalletError implements ErrorCode {
    ACCOUNT_UNKNOWN(ErrorTraits.notFound("No wallet holds this account", "List the accounts and use one of them")),
    SIGNING_REJECTED(ErrorTraits.denied("The wallet refused to sign", "Look at the wallet for the reason")),
    SIGNATURE_INVALID(ErrorTraits.of(
            Category.INTERNAL,
            false,
            500,
            GrpcStatus.INTERNAL,
            "The wallet returned a signature that does not belong to the account",
            "Do not use this wallet; nothing was sent")),
    WALLET_LOCKED(
            ErrorTraits.unavailable("The keystore cannot be opened", "Check the password reference of the wallet"));

    private final ErrorTraits traits;

    WalletError(ErrorTraits traits) {
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
