/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.run.contract.Rows.START;
import static org.openmcpchain.core.run.contract.Rows.entry;
import static org.openmcpchain.core.run.contract.Rows.run;
import static org.openmcpchain.core.run.contract.Rows.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StoreChange.StreamArchived;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.RunState;

/** What a store must do with the ends of streams, with archived streams, and when all of it is copied. */
abstract class StreamHeadsContract {

    private static final String SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    /** An empty store. */
    protected abstract RunStore store();

    @Test
    public void theEndOfAStreamMovesWithItsEntries() {
        JournalEntry first = entry("run/a", 1, "{}");
        JournalEntry second = entry("run/a", 2, "{}");
        write(new EntryAppended(first), new HeadMoved(head(first, false, 7)));
        assertThat(store().streamHead("run/a")).contains(head(first, false, 7));

        write(new EntryAppended(second), new HeadMoved(head(second, true, 8)));
        assertThat(store().streamHead("run/a")).contains(head(second, true, 8));
        assertThat(store().streams("", 10)).containsExactly("run/a");
        assertThat(store().streamHead("run/b")).isEmpty();
    }

    @Test
    public void listsTheEndsOfStreamsInOrder() {
        for (String stream : List.of("run/b", "host", "run/a", "run/c")) {
            JournalEntry entry = entry(stream, 1, "{}");
            write(new EntryAppended(entry), new HeadMoved(head(entry, stream.startsWith("run/"), 1)));
        }

        assertThat(store().streamHeads("", 10))
                .extracting(StreamHead::stream)
                .containsExactly("host", "run/a", "run/b", "run/c");
        assertThat(store().streamHeads("host", 2))
                .extracting(StreamHead::stream)
                .containsExactly("run/a", "run/b");
        assertThat(store().endedStreams("", 10)).containsExactly("run/a", "run/b", "run/c");
        assertThat(store().endedStreams("run/a", 1)).containsExactly("run/b");
    }

    @Test
    public void anArchivedStreamKeepsItsEndAndLosesItsEntries() {
        JournalEntry first = entry("run/a", 1, "{}");
        JournalEntry other = entry("run/b", 1, "{}");
        write(
                new EntryAppended(first),
                new HeadMoved(head(first, true, 3)),
                new EntryAppended(other),
                new HeadMoved(head(other, true, 3)));

        write(new StreamArchived("run/a", "runs.jsonl.gz#0+10"), new StreamArchived("run/none", "x"));

        assertThat(store().entries("run/a", 0, 10)).isEmpty();
        assertThat(store().head("run/a")).isEmpty();
        assertThat(store().entries("run/b", 0, 10)).containsExactly(other);
        assertThat(store().streamHead("run/a"))
                .contains(new StreamHead("run/a", 1, first.hash(), true, 3, Optional.of("runs.jsonl.gz#0+10")));
        assertThat(store().endedStreams("", 10)).containsExactly("run/b");
        assertThat(store().streams("", 10)).containsExactly("run/a", "run/b");
        assertThat(store().strayStreams(10)).isEmpty();
    }

    @Test
    public void copiesEveryRowInOrderAndTakesEveryRowBack() {
        assertThat(store().isEmpty()).isTrue();
        JournalEntry host = entry("host", 1, "{}");
        List<JournalEntry> many = new ArrayList<>();
        for (long seq = 1; seq <= 1100; seq++) {
            many.add(entry("run/a", seq, "{\"n\":\"" + seq + "\"}"));
        }
        List<StoreChange> rows = new ArrayList<>(List.of(
                new RunSaved(run("r1", 1, RunState.PENDING)),
                new RunSaved(run("r2", 2, RunState.FAILED)),
                new TransactionSaved(transaction("k1", SENDER, 1, TransactionState.SIGNED)),
                new ReceiptSaved(new Receipt("r2", "ab".repeat(32), "cd".repeat(32), "{}")),
                new DocumentSaved(new StoredDocument("a", "2", "{}", START)),
                new DocumentSaved(new StoredDocument("b", "1", "{}", START)),
                new HeadMoved(head(host, false, 1)),
                new HeadMoved(head(many.get(1099), false, 2)),
                new EntryAppended(host)));
        many.forEach(entry -> rows.add(new EntryAppended(entry)));
        // Ends before entries and each in a commit of its own, as a restore does it.
        store().commit(rows.subList(0, 8));
        store().commit(rows.subList(8, rows.size()));

        List<StoreChange> copied = new ArrayList<>();
        store().copy(copied::add);

        assertThat(copied).isEqualTo(rows);
        assertThat(store().isEmpty()).isFalse();
        assertThat(store().streams("", 10)).containsExactly("host", "run/a");
    }

    @Test
    public void aCopyIsOfOneMoment() {
        JournalEntry first = entry("run/a", 1, "{}");
        write(new RunSaved(run("r1", 1, RunState.PENDING)));
        write(new EntryAppended(first), new HeadMoved(head(first, false, 1)));
        JournalEntry second = entry("run/a", 2, "{}");
        List<StoreChange> copied = new ArrayList<>();

        store().copy(row -> {
            if (copied.isEmpty()) {
                write(new EntryAppended(second), new HeadMoved(head(second, false, 1)));
            }
            copied.add(row);
        });

        assertThat(copied).hasSize(3).contains(new HeadMoved(head(first, false, 1)), new EntryAppended(first));
        assertThat(store().streamHead("run/a")).contains(head(second, false, 1));
    }

    private void write(StoreChange... changes) {
        store().commit(List.of(changes));
    }

    private static StreamHead head(JournalEntry entry, boolean ended, long epoch) {
        return new StreamHead(entry.stream(), entry.seq(), entry.hash(), ended, epoch, Optional.empty());
    }
}
