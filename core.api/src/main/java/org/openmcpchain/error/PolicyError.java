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
            "The policy cannot be read", "Correct the named rule; the last good policy stays in force")),
    POLICY_VERSION_CONFLICT(ErrorTraits.conflict(
            "The policy was changed by somebody else", "Read the policy in force, and make the change again")),
    POLICY_CAP_UNKNOWN(ErrorTraits.notFound("There is no cap with this id", "List the caps and use one of their ids")),
    APPROVAL_UNKNOWN(
            ErrorTraits.notFound("There is no approval with this id", "List the approvals and use one of their ids")),
    APPROVAL_INTENT_CHANGED(ErrorTraits.conflict(
            "The approval is for another intent than the one that was shown",
            "Show the approval again, and decide on what it says now")),
    APPROVAL_ALREADY_DECIDED(ErrorTraits.conflict(
            "The approval was decided already", "Read the approval; a decision is not taken back")),
    APPROVAL_ALREADY_USED(ErrorTraits.conflict(
            "The approved intent was carried out already", "Submit the goal again if it is wanted once more")),
    APPROVAL_ALREADY_VOTED(ErrorTraits.conflict("This person has voted already", "Somebody else has to approve, too")),
    APPROVAL_EXPIRED(
            ErrorTraits.conflict("The approval was not given in time", "Submit the goal again if it is still wanted")),
    APPROVAL_POLICY_CHANGED(ErrorTraits.conflict(
            "The policy has changed since the approval was asked for",
            "The run is judged by the new policy; approve what that asks for")),
    APPROVAL_WITHDRAWN(ErrorTraits.conflict(
            "The approval is not wanted any more", "Read the run: it has ended or asks for something else")),
    APPROVAL_NOT_YOURS(
            ErrorTraits.denied("The policy does not let this person approve this", "Ask somebody whom the rule names")),
    APPROVAL_REJECTED(ErrorTraits.denied("A person rejected this", "Read the reason, and change the goal"));

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
