/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** Who may call, and who may not. */
public enum AccessError implements ErrorCode {
    KEY_MISSING(ErrorTraits.of(
            Category.ACCESS,
            false,
            401,
            GrpcStatus.UNAUTHENTICATED,
            "The request carries no API key",
            "Send the header Authorization: Bearer <key>")),
    KEY_INVALID(ErrorTraits.of(
            Category.ACCESS,
            false,
            401,
            GrpcStatus.UNAUTHENTICATED,
            "The API key is not known or was revoked",
            "Use a key that the operator has issued")),
    SCOPE_MISSING(ErrorTraits.of(
            Category.ACCESS,
            false,
            403,
            GrpcStatus.PERMISSION_DENIED,
            "The API key does not have the scope for this",
            "Use a key with the named scope")),
    KEY_UNKNOWN(ErrorTraits.notFound("There is no API key with this id", "List the keys and use one of their ids"));

    private final ErrorTraits traits;

    AccessError(ErrorTraits traits) {
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
