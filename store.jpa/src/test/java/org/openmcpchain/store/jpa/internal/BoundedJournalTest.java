/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.contract.Rows;
import org.openmcpchain.core.run.internal.CareSettings;
import org.openmcpchain.core.run.internal.HostAudit;
import org.openmcpchain.core.run.internal.HostCare;
import org.openmcpchain.core.run.internal.HostJournal;
import org.openmcpchain.core.run.internal.JournalFolder;
import org.openmcpchain.core.run.internal.ShieldedReads;
import org.openmcpchain.journal.JournalCare.Snapshot;
import org.openmcpchain.run.RunState;

/** The table of entries does not grow with the number of runs, and nothing is lost by that: on a real database. */
class BoundedJournalTest {

    private static final int RUNS = 60;
    private static final int ENTRIES = 10;
    private static final int ROUNDS = 4;

    @TempDir
    private Path directory;

    @Test
    void theTableOfEntriesStaysSmallHoweverManyRunsThereWere() throws Exception {
        JournalFolder folder = new JournalFolder(directory.resolve("journal"));
        try (OpenStore open = OpenStore.h2(directory)) {
            ShieldedReads reads = new ShieldedReads(open.store(), folder);
            HostJournal journal = new HostJournal(TamperedTables.settings(), reads);
            HostAudit audit = HostAudit.byCall(Duration.ofMinutes(1), journal, journal, reads, folder);
            HostCare care = new HostCare(onCall(), journal, journal, reads, folder);
            Snapshot before = care.snapshot(true, "test");
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < RUNS; i++) {
                    run(journal, "r" + (1000 + round * RUNS + i));
                }
                audit.checkpoint();
                assertThat(care.compact(Instant.now(), "test").runs()).isEqualTo(RUNS);
                Snapshot next = care.snapshot(false, "test");
                assertThat(care.verify(next.id()).base()).isEqualTo(before.id());
                before = next;
                // What the host says of it: checkpoints, compactions and snapshots.
                assertThat(entries(open)).isLessThan(10L * (round + 1));
            }
            assertThat(journal.read("run/r1000", 0, 1000)).hasSize(ENTRIES);
            assertThat(audit.verifyAll(progress -> {}).broken()).isEmpty();
            assertThat(audit.verifyAll(progress -> {}).entries()).isGreaterThan((long) ROUNDS * RUNS * ENTRIES);
            care.close();
            journal.close();
            reads.close();
        }
    }

    private static void run(HostJournal journal, String id) {
        List<EntryDraft> entries = new ArrayList<>();
        for (int i = 1; i < ENTRIES; i++) {
            entries.add(new EntryDraft("run/" + id, "test.entry", Map.of("n", i)));
        }
        entries.add(new EntryDraft("run/" + id, "run.ended", Map.of("state", "FAILED")));
        journal.write(
                entries,
                List.of(new RunSaved(Rows.run(id, 1, RunState.RUNNING)
                        .ended(RunEnding.failed("RUN_INTERNAL", "x"), Rows.START, "ab".repeat(32)))));
    }

    private static long entries(OpenStore open) throws SQLException {
        try (Connection connection = open.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from journal_entries")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static CareSettings onCall() {
        return new CareSettings() {
            @Override
            public String archiveAfter() {
                return "";
            }

            @Override
            public String fullEvery() {
                return "";
            }

            @Override
            public String incrementalEvery() {
                return "";
            }

            @Override
            public int keepFull() {
                return 4;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return CareSettings.class;
            }
        };
    }
}
