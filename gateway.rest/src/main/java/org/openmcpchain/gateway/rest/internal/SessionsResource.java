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
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.gateway.rest.internal.SessionDtos.AcceptedView;
import org.openmcpchain.gateway.rest.internal.SessionDtos.History;
import org.openmcpchain.gateway.rest.internal.SessionDtos.NewMessage;
import org.openmcpchain.gateway.rest.internal.SessionDtos.NewMode;
import org.openmcpchain.gateway.rest.internal.SessionDtos.NewSession;
import org.openmcpchain.gateway.rest.internal.SessionDtos.SessionPage;
import org.openmcpchain.gateway.rest.internal.SessionDtos.SessionView;
import org.openmcpchain.gateway.rest.internal.SessionDtos.TurnView;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;
import org.openmcpchain.session.SessionKey;
import org.openmcpchain.session.Sessions;
import org.openmcpchain.session.Turn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Conversations with an agent. A session's path is its canonical key, slashes and all. */
@Component(service = SessionsResource.class)
@Path("/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sessions")
public final class SessionsResource {

    /** The whole form only: a short one could be read in two ways in front of {@code /history} and its like. */
    static final String KEY = "/{key: [^/]+/[^/]+/(?:main|(?:dm|group|thread)/[^/]+)}";

    private static final String ABOUT_KEY =
            "The canonical key with its slashes: <workspace>/<agent>/main, …/dm/<id>, …/group/<id> or …/thread/<id>.";

    private final EventStreams streams;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sessions sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Journal journal;

    /** A resource that shares the number of open streams with the others. */
    @Activate
    public SessionsResource(@Reference EventStreams streams) {
        this.streams = streams;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Scope.RUN)
    @Operation(
            summary = "Creates a session, or answers the one that is there",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The session",
                            content = @Content(schema = @Schema(implementation = SessionView.class))))
    public Response create(NewSession wanted, @Context SecurityContext security) {
        if (wanted.key() == null) {
            throw Query.invalid("key", "required");
        }
        MessageMode mode = wanted.mode() == null ? MessageMode.FOLLOW_UP : mode(wanted.mode());
        SessionView session = SessionDtos.of(
                sessions().create(wanted.key(), mode, Caller.of(security).getName()));
        return Response.ok(session)
                .location(URI.create(session.links().get("self")))
                .build();
    }

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists sessions in the order of their keys")
    public SessionPage list(
            @Parameter(description = "How many to leave out.") @QueryParam("offset") String offset,
            @Parameter(description = "How many at most, 1 to 200; 50 when absent.") @QueryParam("limit") String limit) {
        return SessionDtos.of(sessions()
                .list(
                        Query.number("offset", offset, 0, 0, Integer.MAX_VALUE),
                        Query.number("limit", limit, 50, 1, 200)));
    }

    @GET
    @Path(KEY)
    @Needs(Scope.READ)
    @Operation(summary = "Shows a session")
    public SessionView show(@Parameter(description = ABOUT_KEY) @PathParam("key") String key) {
        return SessionDtos.of(find(key));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path(KEY + "/messages")
    @Needs(Scope.RUN)
    @Operation(
            summary = "Says something",
            description = "The message is on disk when this answers; a session that is not there is created.",
            responses = {
                @ApiResponse(
                        responseCode = "202",
                        description = "Taken",
                        content = @Content(schema = @Schema(implementation = AcceptedView.class))),
                @ApiResponse(
                        responseCode = "200",
                        description = "Known already",
                        content = @Content(schema = @Schema(implementation = AcceptedView.class)))
            })
    public Response send(
            @Parameter(description = ABOUT_KEY) @PathParam("key") String key,
            NewMessage message,
            @Parameter(description = IdempotencyKey.ABOUT) @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @Context SecurityContext security) {
        if (message.text() == null) {
            throw Query.invalid("text", "required");
        }
        Accepted accepted = sessions()
                .send(new Message(
                        Caller.of(security).getName(),
                        key,
                        message.text(),
                        IdempotencyKey.clientId(idempotencyKey, message.clientId()),
                        Optional.ofNullable(message.mode()).map(SessionsResource::mode),
                        Optional.ofNullable(message.network())));
        return Response.status(accepted.created() ? 202 : 200)
                .entity(SessionDtos.of(accepted))
                .build();
    }

    @GET
    @Path(KEY + "/history")
    @Needs(Scope.READ)
    @Operation(summary = "Lists what happened in a session, oldest first")
    public History history(
            @Parameter(description = ABOUT_KEY) @PathParam("key") String key,
            @Parameter(description = "Only what happened behind this sequence number.") @QueryParam("after")
                    String after,
            @Parameter(description = "How many at most, 1 to 1,000; 100 when absent.") @QueryParam("limit")
                    String limit) {
        long position = Query.position("after", after);
        List<Turn> turns = sessions().history(key, position, Query.number("limit", limit, 100, 1, 1000));
        return new History(
                turns.stream().map(TurnView::of).toList(),
                turns.isEmpty() ? position : turns.get(turns.size() - 1).seq());
    }

    @GET
    @Path(KEY + "/events")
    @Needs(Scope.READ)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Streams what happens in a session",
            description = "First an event named 'session' with the session as it stands, then each entry of its journal"
                    + " stream, named by its type, with its sequence number as id. Send the last id as"
                    + " Last-Event-ID to go on where you were. What a run does is in the stream of the run.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "Events",
                            content =
                                    @Content(
                                            mediaType = MediaType.SERVER_SENT_EVENTS,
                                            schema = @Schema(type = "string"))))
    public void events(
            @Parameter(description = ABOUT_KEY) @PathParam("key") String key,
            @Parameter(description = "The last sequence number that was received.")
                    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
                    String lastEventId,
            @Parameter(description = "The same as a query parameter.") @QueryParam("after") String after,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Session session = find(key);
        long position = Query.position("Last-Event-ID", lastEventId == null ? after : lastEventId);
        String stream = SessionKey.parse(session.key()).stream();
        Journal present = Part.present(journal, "journal");
        streams.open(sink, sse).follow("session", SessionDtos.of(session), present, stream, position);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path(KEY + "/mode")
    @Needs(Scope.RUN)
    @Operation(summary = "Changes the mode", description = "During a run it holds from the next turn on.")
    public SessionView mode(
            @Parameter(description = ABOUT_KEY) @PathParam("key") String key,
            NewMode wanted,
            @Context SecurityContext security) {
        if (wanted.mode() == null) {
            throw Query.invalid("mode", "required");
        }
        return SessionDtos.of(
                sessions().mode(key, mode(wanted.mode()), Caller.of(security).getName()));
    }

    @POST
    @Path(KEY + "/reset")
    @Needs(Scope.RUN)
    @Operation(summary = "Clears the context", description = "The journal keeps everything.")
    public SessionView reset(
            @Parameter(description = ABOUT_KEY) @PathParam("key") String key, @Context SecurityContext security) {
        return SessionDtos.of(sessions().reset(key, Caller.of(security).getName()));
    }

    @POST
    @Path(KEY + "/compact")
    @Needs(Scope.RUN)
    @Operation(
            summary = "Replaces the older part of the context by a summary",
            description = "The journal keeps the originals.")
    public SessionView compact(
            @Parameter(description = ABOUT_KEY) @PathParam("key") String key, @Context SecurityContext security) {
        return SessionDtos.of(sessions().compact(key, Caller.of(security).getName()));
    }

    private Session find(String key) {
        return sessions().find(key).orElseThrow(() -> HostException.of(RunError.SESSION_UNKNOWN, "key", key));
    }

    private Sessions sessions() {
        return Part.present(sessions, "sessions");
    }

    private static MessageMode mode(String word) {
        return Query.word(MessageMode.class, "mode", word);
    }
}
