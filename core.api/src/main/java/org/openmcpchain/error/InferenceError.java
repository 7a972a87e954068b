/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong between the agent and an inference provider. */
public enum InferenceError implements ErrorCode {
    INFERENCE_NONE(
            ErrorTraits.unavailable("No inference provider is available", "Install or start an inference provider")),
    INFERENCE_UNKNOWN(
            ErrorTraits.notFound("No inference provider has this id", "List the providers and use one of their ids")),
    INFERENCE_FAILED(ErrorTraits.outside("The inference provider failed", "Try again; read the detail if it stays")),
    INFERENCE_LOST(ErrorTraits.outside(
            "It is not known whether the inference provider answered",
            "Try again; the caps count the lost answer as paid")),
    INFERENCE_DEADLINE(ErrorTraits.of(
            Category.EXTERNAL,
            true,
            504,
            GrpcStatus.DEADLINE_EXCEEDED,
            "The inference provider did not answer in time",
            "Try again, or give it more time")),
    INFERENCE_REPLY_INVALID(
            ErrorTraits.outside("The inference provider's reply cannot be used", "Try again, or use another model")),
    INFERENCE_CONFIGURATION(
            ErrorTraits.invalid("The inference provider is configured wrongly", "Correct the named key"));

    private final ErrorTraits traits;

    InferenceError(ErrorTraits traits) {
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
