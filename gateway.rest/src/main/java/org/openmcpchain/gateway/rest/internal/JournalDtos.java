/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalCare;
import org.openmcpchain.journal.JournalCheck;
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

    @Schema(name = "Checkpoint", description = "The state of the whole journal at one moment.")
    record CheckpointView(
            @Schema(description = "1 for the first, then one more each.") long number,
            String at,
            long streams,
            long entries,
            @Schema(description = "The root of the Merkle tree (RFC 9162) over the heads of all streams.") String root,
            @Schema(description = "The root before; 64 zeros for the first.") String previous) {

        static CheckpointView of(Checkpoint checkpoint) {
            return new CheckpointView(
                    checkpoint.number(),
                    checkpoint.at().toString(),
                    checkpoint.streams(),
                    checkpoint.entries(),
                    checkpoint.root(),
                    checkpoint.previous());
        }
    }

    @Schema(name = "CheckpointList")
    record CheckpointList(List<CheckpointView> items) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "JournalReport", description = "What a walk over the whole journal found.")
    record ReportView(
            @Schema(description = "How many streams were walked.") long streams,
            @Schema(description = "How many entries were read.") long entries,
            @Schema(description = "Whether everything is whole.") boolean intact,
            @Schema(description = "The streams that are not, at most 1,000.") List<JournalCheck> broken,
            @Schema(description = "The newest checkpoint that all was compared with.") CheckpointView checkpoint) {

        static ReportView of(JournalAudit.Report report) {
            return new ReportView(
                    report.streams(),
                    report.entries(),
                    report.intact(),
                    report.broken(),
                    report.checkpoint().map(CheckpointView::of).orElse(null));
        }
    }

    @Schema(name = "Compaction", description = "Which runs are to be archived.")
    record CompactionRequest(
            @Schema(
                            description = "Only runs that ended before this ISO-8601 time.",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String endedBefore) {}

    @Schema(name = "Compacted", description = "What was archived.")
    record CompactionView(
            long runs,
            long entries,
            @Schema(description = "The file's name; empty when there was nothing to archive.") String archive,
            @Schema(description = "Its digest, or empty.") String sha256) {

        static CompactionView of(JournalCare.Compaction compaction) {
            return new CompactionView(
                    compaction.runs(), compaction.entries(), compaction.archive(), compaction.sha256());
        }
    }

    @Schema(name = "NewSnapshot", description = "A snapshot to take.")
    record SnapshotRequest(
            @Schema(description = "Whether everything is written; otherwise what changed since the one before.")
                    Boolean full) {}

    @Schema(name = "Snapshot", description = "A snapshot of all rows.")
    record SnapshotView(
            @Schema(description = "Ids sort by time.") String id,
            String at,
            @Schema(description = "The snapshot that it adds to; empty for a full one.") String base,
            @Schema(description = "How many rows it holds itself.") long rows,
            @Schema(description = "The size of its file.") long bytes,
            @Schema(description = "The hash over all rows as they were then.") String stateHash) {

        static SnapshotView of(JournalCare.Snapshot snapshot) {
            return new SnapshotView(
                    snapshot.id(),
                    snapshot.at().toString(),
                    snapshot.base(),
                    snapshot.rows(),
                    snapshot.bytes(),
                    snapshot.stateHash());
        }
    }

    @Schema(name = "SnapshotList")
    record SnapshotList(List<SnapshotView> items) {}

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
