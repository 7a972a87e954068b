/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong with a tool call. */
public enum ToolError implements ErrorCode {
    TOOL_UNKNOWN(ErrorTraits.notFound(
            "No installed tool has this name", "List the tools, or install the one you need from the marketplace")),
    TOOL_ARGUMENTS_INVALID(
            ErrorTraits.invalid("The arguments do not fit the tool's schema", "Correct the named arguments")),
    TOOL_GONE(ErrorTraits.unavailable(
            "The tool was removed while it was wanted", "Install it again, or use another tool")),
    TOOL_FAILED(ErrorTraits.outsideFinal("The tool could not do its work", "Read the detail; it comes from the tool")),
    TOOL_DEADLINE(ErrorTraits.of(
            Category.EXTERNAL,
            true,
            504,
            GrpcStatus.DEADLINE_EXCEEDED,
            "The tool did not answer in time",
            "Try again, or give it more time")),
    TOOL_RESULT_INVALID(ErrorTraits.outsideFinal(
            "The tool returned something that is not JSON or is too large", "Report it to the tool's author")),
    TOOL_DEFECT(ErrorTraits.internal("The tool broke with an unexpected exception", "Report it to the tool's author")),
    TOOL_DUPLICATE_LABEL(ErrorTraits.invalid(
            "One tool call sent two transactions under the same label",
            "Give each transaction of a call its own label")),
    TOOL_CALLS_EXCEEDED(ErrorTraits.of(
            Category.LIMIT,
            false,
            422,
            GrpcStatus.RESOURCE_EXHAUSTED,
            "The model asked for more tool calls in one reply than are allowed",
            "Make the call in the next round, or raise the limit of calls in a round"));

    private final ErrorTraits traits;

    ToolError(ErrorTraits traits) {
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
