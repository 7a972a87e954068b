/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.openmcpchain.journal.JournalEntry;

/** The journal as it travels. */
final class JournalDtos {

    private JournalDtos() {}

    @Schema(name = "JournalEntry", description = "One entry of a stream.")
    record Entry(
            String stream,
            @Schema(description = "1 for the first entry of a stream.") long seq,
            String at,
            String type,
            @Schema(type = "object") JsonNode body,
            @Schema(description = "The hash of the entry before; 64 zeros for the first.") String previous,
            @Schema(description = "SHA-256 of the entry's canonical JSON.") String hash) {}

    @Schema(name = "JournalPage", description = "A part of a stream.")
    record EntryPage(List<Entry> items, @Schema(description = "Send this as 'after' to go on.") long last) {}

    @Schema(name = "JournalStreams", description = "Names of streams.")
    record Streams(List<String> items) {}

    static Entry of(JournalEntry entry) {
        return new Entry(
                entry.stream(),
                entry.seq(),
                entry.at().toString(),
                entry.type(),
                TaskDtos.tree(entry.body()),
                entry.previous(),
                entry.hash());
    }
}
