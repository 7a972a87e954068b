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
import java.time.Instant;
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
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.gateway.rest.internal.JournalDtos.CheckpointList;
import org.openmcpchain.gateway.rest.internal.JournalDtos.CheckpointView;
import org.openmcpchain.gateway.rest.internal.JournalDtos.CompactionRequest;
import org.openmcpchain.gateway.rest.internal.JournalDtos.CompactionView;
import org.openmcpchain.gateway.rest.internal.JournalDtos.ReportView;
import org.openmcpchain.gateway.rest.internal.JournalDtos.SnapshotList;
import org.openmcpchain.gateway.rest.internal.JournalDtos.SnapshotRequest;
import org.openmcpchain.gateway.rest.internal.JournalDtos.SnapshotView;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalCare;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The journal, for those who check what happened. */
@Component(service = JournalResource.class)
@Path("/journal")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "journal")
public final class JournalResource {

    private static final int MAX_NAME = 200;

    private final EventStreams streams;
    private final WaitingLane lane;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Journal journal;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile JournalAudit audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile JournalCare care;

    /** A resource whose walks wait in this lane. */
    @Activate
    public JournalResource(@Reference EventStreams streams, @Reference WaitingLane lane) {
        this.streams = streams;
        this.lane = lane;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists streams by name")
    public JournalDtos.Streams streams(
            @Parameter(description = "Only names behind this one.") @QueryParam("after") String after,
            @Parameter(description = "How many at most, 1 to 1,000; 100 when absent.") @QueryParam("limit")
                    String limit) {
        String behind = Query.text("after", after, MAX_NAME);
        return new JournalDtos.Streams(
                journal().streams(behind == null ? "" : behind, Query.number("limit", limit, 100, 1, 1000)));
    }

    @GET
    @Path("/entries")
    @Needs(Scope.READ)
    @Operation(summary = "Reads a stream")
    public JournalDtos.EntryPage entries(
            @Parameter(description = "host, run/<id> or session/<key>.", required = true) @QueryParam("stream")
                    String stream,
            @Parameter(description = "Only entries behind this sequence number.") @QueryParam("after") String after,
            @Parameter(description = "How many at most, 1 to 1,000; 100 when absent.") @QueryParam("limit")
                    String limit) {
        String name = name(stream);
        long position = Query.position("after", after);
        List<JournalEntry> entries = journal().read(name, position, Query.number("limit", limit, 100, 1, 1000));
        if (entries.isEmpty() && journal().head(name).isEmpty()) {
            throw HostException.of(JournalError.STREAM_UNKNOWN);
        }
        long last =
                entries.isEmpty() ? position : entries.get(entries.size() - 1).seq();
        return new JournalDtos.EntryPage(entries.stream().map(JournalDtos::of).toList(), last);
    }

    @GET
    @Path("/check")
    @Needs(Scope.READ)
    @Operation(
            summary = "Walks a stream and recomputes each hash",
            description = "damage says what was done to it: NONE, EDITED, DELETED, REORDERED, TRUNCATED, INSERTED or"
                    + " REMOVED. /journal/verify walks all of them and compares them with the checkpoints.")
    public JournalCheck check(
            @Parameter(description = "host, run/<id> or session/<key>.", required = true) @QueryParam("stream")
                    String stream) {
        return journal().verify(name(stream));
    }

    @GET
    @Path("/verify")
    @Needs(Scope.READ)
    @Operation(
            summary = "Walks every stream and compares all with the checkpoints",
            description = "Takes as long as the journal is large. With Accept: text/event-stream it tells how far it is"
                    + " as events 'progress', and what it found as an event 'report'.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "What it found",
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(implementation = ReportView.class)),
                                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = "string"))
                            }))
    public ReportView verify() {
        JournalAudit present = audit();
        return lane.here(() -> ReportView.of(present.verifyAll(progress -> {})));
    }

    @GET
    @Path("/verify")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Needs(Scope.READ)
    @Operation(hidden = true)
    public void verifyTold(@Context SseEventSink sink, @Context Sse sse) {
        JournalAudit present = audit();
        Told.run(
                streams,
                lane,
                sink,
                sse,
                "report",
                each -> ReportView.of(present.verifyAll(progress -> each.tell("progress", progress))));
    }

    @GET
    @Path("/checkpoints")
    @Needs(Scope.READ)
    @Operation(summary = "Lists checkpoints, newest first")
    public CheckpointList checkpoints(
            @Parameter(description = "How many at most, 1 to 1,000; 50 when absent.") @QueryParam("limit")
                    String limit) {
        return new CheckpointList(audit().checkpoints(Query.number("limit", limit, 50, 1, 1000)).stream()
                .map(CheckpointView::of)
                .toList());
    }

    @POST
    @Path("/checkpoints")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Makes a checkpoint now",
            responses =
                    @ApiResponse(
                            responseCode = "201",
                            description = "Made, and written to a file beside the database",
                            content = @Content(schema = @Schema(implementation = CheckpointView.class))))
    public Response checkpoint() {
        return created(CheckpointView.of(audit().checkpoint()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/compact")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Moves the streams of finished runs into an archive",
            description = "They can be read and verified as before.")
    public CompactionView compact(CompactionRequest wanted, @Context SecurityContext security) {
        Instant endedBefore = Query.instant("endedBefore", wanted.endedBefore())
                .orElseThrow(() -> Query.invalid("endedBefore", "required"));
        JournalCare present = care();
        String principal = Caller.of(security).getName();
        return lane.here(() -> CompactionView.of(present.compact(endedBefore, principal)));
    }

    @GET
    @Path("/snapshots")
    @Needs(Scope.READ)
    @Operation(summary = "Lists snapshots, newest first")
    public SnapshotList snapshots() {
        return new SnapshotList(
                care().snapshots().stream().map(SnapshotView::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/snapshots")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Takes a snapshot of everything",
            responses =
                    @ApiResponse(
                            responseCode = "201",
                            description = "Taken",
                            content = @Content(schema = @Schema(implementation = SnapshotView.class))))
    public Response snapshot(SnapshotRequest wanted, @Context SecurityContext security) {
        JournalCare present = care();
        String principal = Caller.of(security).getName();
        return created(
                lane.here(() -> SnapshotView.of(present.snapshot(Boolean.TRUE.equals(wanted.full()), principal))));
    }

    @POST
    @Path("/snapshots/{id}/verify")
    @Needs(Scope.READ)
    @Operation(summary = "Reads a snapshot with all that it builds on, and recomputes its hashes")
    public SnapshotView verifySnapshot(@PathParam("id") String id) {
        JournalCare present = care();
        return lane.here(() -> SnapshotView.of(present.verify(id)));
    }

    private static Response created(Object entity) {
        return Response.status(201).entity(entity).build();
    }

    private static String name(String stream) {
        if (stream == null || stream.isEmpty()) {
            throw Query.invalid("stream", "required: host, run/<id> or session/<key>");
        }
        return Query.text("stream", stream, MAX_NAME);
    }

    private Journal journal() {
        return Part.present(journal, "journal");
    }

    private JournalAudit audit() {
        return Part.present(audit, "journal audit");
    }

    private JournalCare care() {
        return Part.present(care, "journal care");
    }
}
