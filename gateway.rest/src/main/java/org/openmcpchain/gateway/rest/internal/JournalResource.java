/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
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

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Journal journal;

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
            @Parameter(description = "host, or run/<id>.", required = true) @QueryParam("stream") String stream,
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
    @Operation(summary = "Walks a stream and recomputes each hash")
    public JournalCheck check(
            @Parameter(description = "host, or run/<id>.", required = true) @QueryParam("stream") String stream) {
        return journal().verify(name(stream));
    }

    private static String name(String stream) {
        if (stream == null || stream.isEmpty()) {
            throw Query.invalid("stream", "required: host, or run/<id>");
        }
        return Query.text("stream", stream, MAX_NAME);
    }

    private Journal journal() {
        return Part.present(journal, "journal");
    }
}
