/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
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
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.DeadLetters;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Submission;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The tasks that were given up, and what people make of them. */
@Component(service = DeadLettersResource.class)
@Path("/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dead letters")
public final class DeadLettersResource {

    private static final int MAX_REASON = 500;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile DeadLetters letters;

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DeadLetter", description = "A task that failed although it was tried again and again.")
    record LetterView(
            @Schema(description = "The task's id.") String id,
            String goal,
            String principal,
            @Schema(description = "Why it failed the last time.") String errorCode,
            String errorDetail,
            int attempts,
            @Schema(description = "When it was given up.") String at,
            @Schema(description = "OPEN, REPLAYED or DISCARDED.") String state,
            @Schema(description = "The task that took it up again.") String replayedAs) {

        static LetterView of(DeadLetter letter) {
            return new LetterView(
                    letter.id(),
                    letter.goal(),
                    letter.principal(),
                    letter.errorCode(),
                    letter.errorDetail(),
                    letter.attempts(),
                    letter.at().toString(),
                    letter.state().name(),
                    letter.replayedAs().orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DeadLetterPage", description = "A part of the list of dead letters.")
    record LetterPage(List<LetterView> items, long total, Integer nextOffset) {}

    @Schema(name = "Discarding", description = "Why a dead letter is left.")
    record Discarding(@Schema(description = "At most 500 characters.") String reason) {}

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists dead letters, newest first")
    public LetterPage list(
            @Parameter(description = "Only letters in these states, separated by commas.") @QueryParam("state")
                    String state,
            @Parameter(description = "How many to leave out.") @QueryParam("offset") String offset,
            @Parameter(description = "How many at most, 1 to 200; 50 when absent.") @QueryParam("limit") String limit) {
        Page<DeadLetter> page = letters()
                .list(
                        Query.words(DeadLetter.State.class, "state", state),
                        Query.number("offset", offset, 0, 0, Integer.MAX_VALUE),
                        Query.number("limit", limit, 50, 1, 200));
        return new LetterPage(page.items().stream().map(LetterView::of).toList(), page.total(), TaskDtos.next(page));
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.READ)
    @Operation(summary = "Shows a dead letter")
    public LetterView show(@PathParam("id") String id) {
        return letters().find(id).map(LetterView::of).orElseThrow(() -> HostException.of(RunError.DEAD_LETTER_UNKNOWN));
    }

    @POST
    @Path("/{id}/replay")
    @Needs(Scope.RUN)
    @Operation(
            summary = "Submits its goal again as a new task",
            description = "Doing it twice gives the same new task (200 instead of 202).",
            responses = {
                @ApiResponse(
                        responseCode = "202",
                        description = "Accepted",
                        content = @Content(schema = @Schema(implementation = TaskDtos.Task.class))),
                @ApiResponse(
                        responseCode = "200",
                        description = "Replayed already",
                        content = @Content(schema = @Schema(implementation = TaskDtos.Task.class)))
            })
    public Response replay(@PathParam("id") String id, @Context SecurityContext security) {
        Submission submission = letters().replay(id, Caller.of(security).getName());
        TaskDtos.Task task = TaskDtos.of(submission.run());
        return Response.status(submission.created() ? 202 : 200)
                .location(URI.create(task.links().get("self")))
                .entity(task)
                .build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/{id}/discard")
    @Needs(Scope.RUN)
    @Operation(summary = "Leaves a dead letter as it is")
    public LetterView discard(@PathParam("id") String id, Discarding why, @Context SecurityContext security) {
        String reason = Query.text("reason", why.reason(), MAX_REASON);
        return LetterView.of(letters()
                .discard(
                        id,
                        Caller.of(security).getName(),
                        reason == null || reason.isBlank() ? "no reason given" : reason));
    }

    private DeadLetters letters() {
        return Part.present(letters, "dead letters");
    }
}
