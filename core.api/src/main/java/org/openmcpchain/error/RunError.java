/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong with a run. */
public enum RunError implements ErrorCode {
    RUN_UNKNOWN(ErrorTraits.notFound("There is no run with this id", "List the runs and use one of their ids")),
    RUN_CLIENT_ID_CONFLICT(ErrorTraits.conflict(
            "This client id was already used for another goal", "Use a new client id for a new goal")),
    RUN_TRANSITION_ILLEGAL(ErrorTraits.conflict(
            "The run cannot go from its present state to the wanted one", "Read the run and act on its present state")),
    RUN_CANCELLED(ErrorTraits.conflict("The run was cancelled", "Submit the goal again if it is still wanted")),
    RUN_ROUNDS_EXHAUSTED(ErrorTraits.of(
            Category.LIMIT,
            false,
            422,
            GrpcStatus.RESOURCE_EXHAUSTED,
            "The agent reached its limit of rounds without an answer",
            "Split the goal, or raise the limit of rounds")),
    RUN_DEADLINE(ErrorTraits.of(
            Category.LIMIT,
            true,
            504,
            GrpcStatus.DEADLINE_EXCEEDED,
            "The run reached its deadline",
            "Submit it again with more time")),
    RUN_QUEUE_FULL(ErrorTraits.limit("Too many runs are waiting", "Try again later")),
    RUN_INCOMPLETE(
            ErrorTraits.conflict("The run has not ended yet", "Wait for its end, for example on its event stream")),
    RUN_INTERNAL(ErrorTraits.internal(
            "The run failed inside the host", "Look at the run's journal and at the log under the trace id")),
    RUN_NEEDS_INPUT(ErrorTraits.of(
            Category.INVALID,
            false,
            422,
            GrpcStatus.INVALID_ARGUMENT,
            "The goal leaves out something that is needed",
            "Read the reply, and submit the goal again with what it asks for")),
    RUN_NO_TOOL(ErrorTraits.of(
            Category.INVALID,
            false,
            422,
            GrpcStatus.FAILED_PRECONDITION,
            "No installed tool fits the goal",
            "Install a tool that can do it from the marketplace, or change the goal")),
    RUN_NOT_YOURS(ErrorTraits.denied(
            "The run acts for somebody else, and only they may tell it what to do",
            "Ask the person that the run acts for, or submit a goal of your own")),
    SIGNAL_INVALID(ErrorTraits.invalid("The signal cannot be read", "Correct the named field and send it again")),
    DEAD_LETTER_UNKNOWN(ErrorTraits.notFound(
            "There is no dead letter for this run", "List the dead letters and use one of their ids")),
    DEAD_LETTER_CLOSED(ErrorTraits.conflict("The dead letter was discarded", "Submit the goal again as a new run")),
    SESSION_UNKNOWN(ErrorTraits.notFound("There is no session with this key", "List the sessions, or create it")),
    SESSION_KEY_INVALID(ErrorTraits.invalid(
            "The session key has none of the known forms",
            "Use [workspace/][agent/]main, dm/<id>, group/<id> or thread/<id>")),
    SESSION_BUSY(ErrorTraits.conflict("A run is at work in this session", "Wait for its end, or use another mode")),
    SESSION_QUEUE_FULL(ErrorTraits.limit("Too many messages wait in this session", "Try again later")),
    IDEMPOTENCY_CONFLICT(
            ErrorTraits.conflict("This id was already used with other content", "Use a new id for new content"));

    private final ErrorTraits traits;

    RunError(ErrorTraits traits) {
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
