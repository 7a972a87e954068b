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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
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
import org.openmcpchain.run.Signals;
import org.openmcpchain.run.Submission;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goals in, results and receipts out. */
@Component(service = TasksResource.class)
@Path("/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tasks")
public final class TasksResource {

    private static final Logger LOG = LoggerFactory.getLogger(TasksResource.class);
    private static final int MAX_REASON = 500;
    private static final int MAX_TEXT = 4000;
    private static final int DEFAULT_GRACE = 10;
    private static final int MAX_GRACE = 60;

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

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Signals signals;

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
    public Response submit(
            NewTask task,
            @Parameter(description = IdempotencyKey.ABOUT) @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @Context SecurityContext security) {
        if (task.goal() == null) {
            throw Query.invalid("goal", "required");
        }
        Caller caller = Caller.of(security);
        RunRequest request = new RunRequest(
                caller.getName(),
                task.goal(),
                IdempotencyKey.clientId(idempotencyKey, task.clientId()),
                Optional.ofNullable(task.network()),
                Optional.empty(),
                object("metadata", task.metadata()),
                Optional.of(caller.traceId()));
        Submission submission = idempotencyKey == null ? runs().submit(request) : submitOnce(request);
        LOG.info("trace id {}: task {}", caller.traceId(), submission.run().id());
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
                Query.words(RunState.class, "state", state),
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
        return TaskDtos.of(runs().cancel(run.id(), Caller.of(security).getName(), reasonOr(reason)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/{id}/steer")
    @Needs(Scope.RUN)
    @Operation(
            summary = "Tells a task something, or changes its parameters",
            description = "The task sees it before its next step; of several values for a parameter the latest wins."
                    + " Only the person that the task acts for may steer it.",
            responses =
                    @ApiResponse(
                            responseCode = "202",
                            description = "In the task's journal",
                            content = @Content(schema = @Schema(implementation = TaskDtos.Steered.class))))
    public Response steer(@PathParam("id") String id, TaskDtos.Steering steering, @Context SecurityContext security) {
        String text = Query.text("text", steering.text(), MAX_TEXT);
        String parameters = object("parameters", steering.parameters());
        if ((text == null || text.isBlank()) && parameters.equals("{}")) {
            throw Query.invalid("text", "a text, or parameters");
        }
        long seq = signals().steer(id, Caller.of(security).getName(), text == null ? "" : text, parameters);
        return Response.accepted(new TaskDtos.Steered(seq)).build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/{id}/interrupt")
    @Needs(Scope.RUN)
    @Operation(
            summary = "Stops a task and keeps what it has",
            description = "It is asked to stop, and made to after the grace. It is PAUSED then, until it is resumed.")
    public Task interrupt(@PathParam("id") String id, TaskDtos.Interruption stop, @Context SecurityContext security) {
        String reason = Query.text("reason", stop.reason(), MAX_REASON);
        int seconds = stop.graceSeconds() == null ? DEFAULT_GRACE : stop.graceSeconds();
        if (seconds < 0 || seconds > MAX_GRACE) {
            throw Query.invalid("graceSeconds", "a whole number from 0 to " + MAX_GRACE);
        }
        return TaskDtos.of(
                signals().interrupt(id, Caller.of(security).getName(), reasonOr(reason), Duration.ofSeconds(seconds)));
    }

    @POST
    @Path("/{id}/resume")
    @Needs(Scope.RUN)
    @Operation(summary = "Continues a paused task at its first unfinished step")
    public Task resume(@PathParam("id") String id, @Context SecurityContext security) {
        return TaskDtos.of(signals().resume(id, Caller.of(security).getName()));
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

    private Signals signals() {
        return Part.present(signals, "signals");
    }

    /** Under an idempotency key everything has to be the same, and not only what makes a run the same. */
    private Submission submitOnce(RunRequest request) {
        try {
            Submission submission = runs().submit(request);
            Run run = submission.run();
            if (submission.created() || TaskDtos.tree(run.metadata()).equals(TaskDtos.tree(request.metadata()))) {
                return submission;
            }
            throw HostException.of(RunError.IDEMPOTENCY_CONFLICT, "id", run.id());
        } catch (HostException e) {
            if (e.code() == RunError.RUN_CLIENT_ID_CONFLICT) {
                throw HostException.of(
                        RunError.IDEMPOTENCY_CONFLICT, "id", e.parameters().get("id"));
            }
            throw e;
        }
    }

    private static String reasonOr(String reason) {
        return reason == null || reason.isBlank() ? "no reason given" : reason;
    }

    private static String object(String field, JsonNode value) {
        if (value == null || value.isNull()) {
            return "{}";
        }
        if (!value.isObject()) {
            throw Query.invalid(field, "a JSON object");
        }
        return value.toString();
    }
}
