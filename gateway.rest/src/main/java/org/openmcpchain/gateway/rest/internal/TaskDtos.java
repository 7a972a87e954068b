/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;

/** Tasks as they travel. */
final class TaskDtos {

    private TaskDtos() {}

    @Schema(name = "NewTask", description = "A goal to work on.")
    record NewTask(
            @Schema(
                            description = "The goal in words, 1 to 4,000 characters.",
                            example = "swap 0.5 ETH for USDC with at most 1 % slippage",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String goal,
            @Schema(
                            description =
                                    "An id of your own, 1 to 128 of A-Z a-z 0-9 . _ : -. The same id with the same"
                                            + " goal is the same task, so a request may be sent again without harm.")
                    String clientId,
            @Schema(
                            description = "CAIP-2 name of the network; the host's default when absent.",
                            example = "eip155:31337")
                    String network,
            @Schema(description = "A JSON object of at most 16 KiB that is handed back unchanged.", type = "object")
                    JsonNode metadata) {}

    @Schema(name = "Cancellation", description = "Why a task is to end.")
    record Cancellation(@Schema(description = "The reason, at most 500 characters.") String reason) {}

    @Schema(name = "Steering", description = "What a task is to know, or to do differently.")
    record Steering(
            @Schema(description = "Something that the agent is told, at most 4,000 characters.") String text,
            @Schema(
                            description = "A JSON object of at most 16 KiB: maxRounds, inferenceProvider, answer.",
                            type = "object")
                    JsonNode parameters) {}

    @Schema(name = "Steered", description = "Where a signal stands in the task's journal.")
    record Steered(long seq) {}

    @Schema(name = "Interruption", description = "Why a task is to pause.")
    record Interruption(
            @Schema(description = "The reason, at most 500 characters.") String reason,
            @Schema(description = "How long it may take to stop of its own accord, 0 to 60; 10 when absent.")
                    Integer graceSeconds) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Task", description = "A task as it stands.")
    record Task(
            @Schema(description = "A UUIDv7; ids sort by time.") String id,
            String clientId,
            @Schema(description = "Who submitted it.") String principal,
            String goal,
            String network,
            @Schema(description = "The canonical key of its session.") String session,
            @Schema(
                            description =
                                    "PENDING, SCHEDULED, RUNNING, WAITING_APPROVAL, RETRYING, PAUSED, COMPENSATING,"
                                            + " SUCCEEDED, FAILED, CANCELLED, COMPENSATED or COMPENSATION_FAILED.")
                    String state,
            @Schema(description = "Whether the task has ended.") boolean ended,
            String createdAt,
            String updatedAt,
            String endedAt,
            @Schema(description = "How often work on it was begun; more than 1 after a restart.") int attempts,
            @Schema(description = "What the agent answers.") String reply,
            @Schema(description = "What the agent thought.") String thought,
            @Schema(
                            description = "Outcome word, chain snapshot, observations, tool results and transactions.",
                            type = "object")
                    JsonNode result,
            @Schema(description = "The error code of a task that did not succeed.") String errorCode,
            String errorDetail,
            @Schema(description = "The inference provider that was used.") String provider,
            @Schema(description = "The receipt, once the task has ended.") ReceiptRef receipt,
            @Schema(type = "object") JsonNode metadata,
            @Schema(description = "Where to go from here.") Map<String, String> links) {}

    @Schema(name = "ReceiptReference", description = "The receipt of a task that has ended.")
    record ReceiptRef(
            @Schema(description = "SHA-256 of the receipt's payload.") String digest,
            @Schema(description = "Where to get it.") String href) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TaskPage", description = "A part of the list of tasks.")
    record TaskPage(
            List<Task> items,
            @Schema(description = "How many there are in all.") long total,
            @Schema(description = "Where the next part begins; absent at the end.") Integer nextOffset) {}

    @Schema(name = "TaskStats", description = "How many tasks there are.")
    record TaskStats(long total, @Schema(description = "By state.") Map<String, Long> byState) {}

    static Task of(Run run) {
        String self = ApiApplication.BASE + "/tasks/" + run.id();
        return new Task(
                run.id(),
                run.clientId().orElse(null),
                run.principal(),
                run.goal(),
                run.network().orElse(null),
                run.session().orElse(null),
                run.state().name(),
                run.state().isTerminal(),
                run.createdAt().toString(),
                run.updatedAt().toString(),
                run.endedAt().map(Instant::toString).orElse(null),
                run.attempts(),
                run.reply().orElse(null),
                run.thought().orElse(null),
                run.result().map(TaskDtos::tree).orElse(null),
                run.errorCode().orElse(null),
                run.errorDetail().orElse(null),
                run.provider().orElse(null),
                run.receiptDigest()
                        .map(digest -> new ReceiptRef(digest, self + "/receipt"))
                        .orElse(null),
                tree(run.metadata()),
                Map.of("self", self, "events", self + "/events", "receipt", self + "/receipt"));
    }

    static TaskPage of(Page<Run> page) {
        return new TaskPage(page.items().stream().map(TaskDtos::of).toList(), page.total(), next(page));
    }

    /** Where the next part of a list begins, or null. */
    static Integer next(Page<?> page) {
        return page.nextOffset().isPresent() ? page.nextOffset().getAsInt() : null;
    }

    static JsonNode tree(String json) {
        try {
            return JsonBody.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the host stored JSON that cannot be read", e);
        }
    }
}
