/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.persistence.EntityManagerFactory;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.journal.JournalEntry;

/** The store without the journal above it: tells what EclipseLink costs, and so what the journal costs. */
final class StoreCommit implements GroupedAppends.Commit {

    private final EmbeddedDatabase database;
    private final EntityManagerFactory unit;
    private final RunStore store;

    StoreCommit(Path directory) throws SQLException {
        database = new EmbeddedDatabase(directory);
        unit = database.persistenceUnit();
        store = database.store(unit);
    }

    @Override
    public void write(List<JournalEntry> entries) {
        store.commit(entries.stream().<StoreChange>map(EntryAppended::new).toList());
    }

    @Override
    public void close() {
        unit.close();
        database.close();
    }
}
