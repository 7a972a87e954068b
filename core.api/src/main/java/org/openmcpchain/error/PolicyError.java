/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What the gate refuses. */
public enum PolicyError implements ErrorCode {
    POLICY_DENIED(ErrorTraits.denied(
            "The policy does not allow this", "Read the rule that is named, and change the request or the policy")),
    POLICY_APPROVAL_NEEDED(ErrorTraits.of(
            Category.POLICY,
            false,
            403,
            GrpcStatus.FAILED_PRECONDITION,
            "The policy wants a person to approve this",
            "Ask for the approval")),
    POLICY_INVALID(ErrorTraits.invalid(
            "The policy cannot be read", "Correct the named rule; the last good policy stays in force"));

    private final ErrorTraits traits;

    PolicyError(ErrorTraits traits) {
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
