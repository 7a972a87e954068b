/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.openmcpchain.access.Scope;
import org.openmcpchain.run.CollectRequest;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.Signals;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Waits for tasks and puts their results together. */
@Component(service = CollectResource.class)
@Path("/tasks/collect")
@Tag(name = "tasks")
public final class CollectResource {

    private static final int MAX_SECONDS = 300;
    private static final int MAX_RUNS = 1000;
    private static final int MAX_POINTER = 1024;

    private final EventStreams streams;
    private final WaitingLane lane;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Signals signals;

    /** A resource whose calls wait in this lane. */
    @Activate
    public CollectResource(@Reference EventStreams streams, @Reference WaitingLane lane) {
        this.streams = streams;
        this.lane = lane;
    }

    @Schema(name = "Collection", description = "Which tasks to wait for, and what to make of their results.")
    record Collection(
            @Schema(description = "Ids, 1 to 1,000.", requiredMode = Schema.RequiredMode.REQUIRED) List<String> tasks,
            @Schema(description = "ALL (when absent), FIRST, MAJORITY or REDUCE.") String strategy,
            @Schema(description = "For FIRST how many that succeed are enough; 1 when absent.") Integer count,
            @Schema(
                            description = "For MAJORITY and REDUCE the JSON pointer of the value in a result.",
                            example = "/toolResults/0/result/price")
                    String pointer,
            @Schema(description = "For REDUCE: sum, min, max, count or concat.") String reducer,
            @Schema(description = "How long to wait at most, 0 to 300; 60 when absent.") Integer timeoutSeconds) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CollectedPart", description = "One task that ended.")
    record PartView(String task, String state, @Schema(type = "object") JsonNode result, String errorCode) {

        static PartView of(Collected.Part part) {
            return new PartView(
                    part.runId(),
                    part.state().name(),
                    part.result().map(TaskDtos::tree).orElse(null),
                    part.errorCode().orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Collected", description = "What came of several tasks.")
    record CollectedView(
            @Schema(description = "Whether the strategy got what it wanted before the time was up.") boolean complete,
            @Schema(description = "What ended, in the order in which it ended.") List<PartView> parts,
            @Schema(description = "Tasks that had not ended.") List<String> missing,
            @Schema(description = "For MAJORITY and REDUCE the value.") JsonNode value) {

        static CollectedView of(Collected collected) {
            return new CollectedView(
                    collected.complete(),
                    collected.parts().stream().map(PartView::of).toList(),
                    collected.missing(),
                    collected.value().map(TaskDtos::tree).orElse(null));
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Scope.READ)
    @Operation(
            summary = "Waits for tasks and puts their results together",
            description = "When the time is up it answers with what has ended and what is missing. With Accept:"
                    + " text/event-stream each task is an event 'part' as it ends, and the whole an event 'collected'.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "What came of them",
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(implementation = CollectedView.class)),
                                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = "string"))
                            }))
    public CollectedView collect(Collection wanted) {
        CollectRequest request = request(wanted);
        Signals present = Part.present(signals, "signals");
        return lane.here(() -> CollectedView.of(present.collect(request, part -> {})));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Scope.READ)
    @Operation(hidden = true)
    public void stream(Collection wanted, @Context SseEventSink sink, @Context Sse sse) {
        CollectRequest request = request(wanted);
        Signals present = Part.present(signals, "signals");
        Told.run(
                streams,
                lane,
                sink,
                sse,
                "collected",
                each -> CollectedView.of(present.collect(request, part -> each.tell("part", PartView.of(part)))));
    }

    private static CollectRequest request(Collection wanted) {
        List<String> tasks = wanted.tasks();
        if (tasks == null
                || tasks.isEmpty()
                || tasks.size() > MAX_RUNS
                || tasks.stream().anyMatch(java.util.Objects::isNull)) {
            throw Query.invalid("tasks", "1 to 1,000 ids");
        }
        if (new HashSet<>(tasks).size() < tasks.size()) {
            throw Query.invalid("tasks", "each id once");
        }
        int seconds = wanted.timeoutSeconds() == null ? 60 : wanted.timeoutSeconds();
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw Query.invalid("timeoutSeconds", "a whole number from 0 to " + MAX_SECONDS);
        }
        String strategy = wanted.strategy() == null ? "ALL" : wanted.strategy();
        return new CollectRequest(
                tasks,
                Query.word(CollectRequest.Strategy.class, "strategy", strategy),
                wanted.count() == null ? 1 : wanted.count(),
                Query.text("pointer", wanted.pointer(), MAX_POINTER),
                Query.text("reducer", wanted.reducer(), MAX_POINTER),
                Duration.ofSeconds(seconds));
    }
}
