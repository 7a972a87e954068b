/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What is wrong with a request before it reaches any part of the host. */
public enum RequestError implements ErrorCode {
    REQUEST_MALFORMED(ErrorTraits.invalid(
            "The request body is not valid JSON", "Send one JSON object as described in the API document")),
    REQUEST_EMPTY(
            ErrorTraits.invalid("The request needs a body", "Send one JSON object as described in the API document")),
    REQUEST_INVALID(ErrorTraits.invalid(
            "A field of the request is missing or has a value that is not allowed", "Correct the named field")),
    REQUEST_UNKNOWN_FIELD(
            ErrorTraits.invalid("The request holds a field that nobody knows", "Remove or rename the named field")),
    REQUEST_TOO_LARGE(ErrorTraits.tooLarge("The request is larger than the limit", "Send less than the named limit")),
    REQUEST_MEDIA_TYPE(ErrorTraits.of(
            Category.INVALID,
            false,
            415,
            GrpcStatus.INVALID_ARGUMENT,
            "The media type of the body is not supported",
            "Send application/json")),
    REQUEST_NOT_ACCEPTABLE(ErrorTraits.of(
            Category.INVALID,
            false,
            406,
            GrpcStatus.INVALID_ARGUMENT,
            "None of the accepted media types can be produced",
            "Accept application/json")),
    REQUEST_METHOD(ErrorTraits.of(
            Category.INVALID,
            false,
            405,
            GrpcStatus.UNIMPLEMENTED,
            "The method is not allowed here",
            "Use a method that the API document lists for this path")),
    RESOURCE_UNKNOWN(ErrorTraits.notFound("Nothing is found at this path", "Check the path against the API document")),
    RESOURCE_GONE_FOR_NOW(ErrorTraits.unavailable(
            "The part of the host that answers here is being replaced", "Try again in a moment")),
    HOST_FAULT(ErrorTraits.internal(
            "The host failed to answer", "Try again; if it stays, give the trace id to the operator"));

    private final ErrorTraits traits;

    RequestError(ErrorTraits traits) {
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
