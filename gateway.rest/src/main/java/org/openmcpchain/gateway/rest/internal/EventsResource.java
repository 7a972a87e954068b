/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.Runs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** A task's journal as a stream of server-sent events. */
@Component(service = EventsResource.class)
@Path("/tasks/{id}/events")
@Tag(name = "tasks")
public final class EventsResource {

    private final EventStreams streams;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Runs runs;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Journal journal;

    /** A resource that shares the number of open streams with the others. */
    @Activate
    public EventsResource(@Reference EventStreams streams) {
        this.streams = streams;
    }

    @GET
    @Needs(Scope.READ)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Streams what happens in a task",
            description =
                    "First an event named 'task' with the task as it stands, then each journal entry, named by its"
                            + " type, with its sequence number as id. Send the last id as Last-Event-ID to go on where you"
                            + " were. The stream ends after 'run.ended'; whoever goes on behind that gets 204, with which"
                            + " an EventSource stops.",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "Events",
                        content =
                                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = "string"))),
                @ApiResponse(responseCode = "204", description = "The task has ended and there is nothing more to tell")
            })
    public void events(
            @PathParam("id") String id,
            @Parameter(description = "The last sequence number that was received.")
                    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
                    String lastEventId,
            @Parameter(description = "The same as a query parameter.") @QueryParam("after") String after,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Run run = Part.present(runs, "runs").find(id).orElseThrow(() -> HostException.of(RunError.RUN_UNKNOWN));
        long position = Query.position("Last-Event-ID", lastEventId == null ? after : lastEventId);
        Journal present = Part.present(journal, "journal");
        if (isToldToTheEnd(present, run.stream(), position)) {
            throw new WebApplicationException(Response.Status.NO_CONTENT);
        }
        streams.open(sink, sse).follow("task", TaskDtos.of(run), present, run.stream(), position);
    }

    private static boolean isToldToTheEnd(Journal journal, String stream, long position) {
        return journal.head(stream)
                .filter(last -> last.type().equals(EntryTypes.RUN_ENDED) && last.seq() <= position)
                .isPresent();
    }
}
