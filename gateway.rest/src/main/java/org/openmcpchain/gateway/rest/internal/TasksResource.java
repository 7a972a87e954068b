/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.gateway.rest.internal.TaskDtos.Cancellation;
import org.openmcpchain.gateway.rest.internal.TaskDtos.NewTask;
import org.openmcpchain.gateway.rest.internal.TaskDtos.Task;
import org.openmcpchain.gateway.rest.internal.TaskDtos.TaskPage;
import org.openmcpchain.gateway.rest.internal.TaskDtos.TaskStats;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.Receipts;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.RunStats;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Submission;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Goals in, results and receipts out. */
@Component(service = TasksResource.class)
@Path("/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tasks")
public final class TasksResource {

    private static final int MAX_REASON = 500;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Runs runs;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Receipts receipts;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Scope.RUN)
    @Operation(
            summary = "Submits a goal",
            description = "The goal is on disk when this answers. Sending the same clientId and goal again gives the"
                    + " same task (200 instead of 202).",
            responses = {
                @ApiResponse(
                        responseCode = "202",
                        description = "Accepted",
                        content = @Content(schema = @Schema(implementation = Task.class))),
                @ApiResponse(
                        responseCode = "200",
                        description = "Known already",
                        content = @Content(schema = @Schema(implementation = Task.class)))
            })
    public Response submit(NewTask task, @Context SecurityContext security) {
        if (task.goal() == null) {
            throw Query.invalid("goal", "required");
        }
        Submission submission = runs().submit(new RunRequest(
                Caller.of(security).getName(),
                task.goal(),
                Optional.ofNullable(task.clientId()),
                Optional.ofNullable(task.network()),
                metadata(task.metadata())));
        Task body = TaskDtos.of(submission.run());
        return Response.status(submission.created() ? 202 : 200)
                .location(URI.create(body.links().get("self")))
                .entity(body)
                .build();
    }

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists tasks")
    public TaskPage list(
            @Parameter(description = "Only tasks in these states, separated by commas.") @QueryParam("state")
                    String state,
            @Parameter(description = "Only tasks created at or after this ISO-8601 time.") @QueryParam("since")
                    String since,
            @Parameter(description = "Only tasks created before this ISO-8601 time.") @QueryParam("until") String until,
            @Parameter(description = "Only tasks with (true) or without (false) a result.") @QueryParam("hasResult")
                    String hasResult,
            @Parameter(description = "Only tasks whose goal contains this text.") @QueryParam("q") String text,
            @Parameter(description = "desc (newest first, the default) or asc.") @QueryParam("order") String order,
            @Parameter(description = "How many to leave out.") @QueryParam("offset") String offset,
            @Parameter(description = "How many at most, 1 to 200; 50 when absent.") @QueryParam("limit") String limit) {
        boolean newestFirst = order == null || order.equals("desc");
        if (!newestFirst && !order.equals("asc")) {
            throw Query.invalid("order", "asc or desc");
        }
        return TaskDtos.of(runs().list(new RunQuery(
                states(state),
                Query.instant("since", since),
                Query.instant("until", until),
                Query.flag("hasResult", hasResult),
                Optional.ofNullable(Query.text("q", text, 200)),
                newestFirst,
                Query.number("offset", offset, 0, 0, Integer.MAX_VALUE),
                Query.number("limit", limit, 50, 1, 200))));
    }

    @GET
    @Path("/stats")
    @Needs(Scope.READ)
    @Operation(summary = "Counts tasks by state")
    public TaskStats stats() {
        RunStats stats = runs().stats();
        Map<String, Long> byState = new TreeMap<>();
        stats.byState().forEach((state, count) -> byState.put(state.name(), count));
        return new TaskStats(stats.total(), byState);
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.READ)
    @Operation(summary = "Shows a task")
    public Task show(@PathParam("id") String id) {
        return TaskDtos.of(find(id));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/{id}/cancel")
    @Needs(Scope.RUN)
    @Operation(summary = "Ends a task", description = "What was sent to a chain stays sent.")
    public Task cancel(@PathParam("id") String id, Cancellation cancellation, @Context SecurityContext security) {
        String reason = Query.text("reason", cancellation.reason(), MAX_REASON);
        Run run = find(id);
        return TaskDtos.of(runs().cancel(
                        run.id(),
                        Caller.of(security).getName(),
                        reason == null || reason.isBlank() ? "no reason given" : reason));
    }

    @GET
    @Path("/{id}/receipt")
    @Needs(Scope.READ)
    @Operation(
            summary = "Gets the receipt of a task",
            description = "A DSSE envelope around an in-toto statement; it verifies without this host.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The receipt, byte for byte as it was made",
                            content = @Content(schema = @Schema(type = "object"))))
    public Response receipt(@PathParam("id") String id) {
        Run run = find(id);
        Receipt receipt = Part.present(receipts, "receipts")
                .ofRun(run.id())
                .orElseThrow(() -> HostException.of(RunError.RUN_INCOMPLETE, "id", run.id(), "state", run.state()));
        return Response.ok(receipt.envelope(), MediaType.APPLICATION_JSON_TYPE).build();
    }

    private Run find(String id) {
        return runs().find(id).orElseThrow(() -> HostException.of(RunError.RUN_UNKNOWN));
    }

    private Runs runs() {
        return Part.present(runs, "runs");
    }

    private static String metadata(JsonNode metadata) {
        if (metadata == null || metadata.isNull()) {
            return "{}";
        }
        if (!metadata.isObject()) {
            throw Query.invalid("metadata", "a JSON object");
        }
        return metadata.toString();
    }

    private static Set<RunState> states(String text) {
        Set<RunState> states = EnumSet.noneOf(RunState.class);
        if (text != null) {
            for (String word : text.split(",", RunState.values().length + 1)) {
                states.add(Query.word(RunState.class, "state", word.trim()));
            }
        }
        return states;
    }
}
