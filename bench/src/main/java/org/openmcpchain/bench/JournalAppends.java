/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import org.openmcpchain.core.run.internal.HostJournal;
import org.openmcpchain.core.run.internal.JournalSettings;
import org.openmcpchain.core.run.internal.ShieldedReads;

/** The journal as a host has it: canonical form, hash chain, group commit, EclipseLink, H2, forced. */
final class JournalAppends implements DurableAppends {

    private final EmbeddedDatabase database;
    private final EntityManagerFactory unit;
    private final ShieldedReads reads;
    private final HostJournal journal;

    JournalAppends(Path directory) throws SQLException {
        database = new EmbeddedDatabase(directory);
        unit = database.persistenceUnit();
        reads = ShieldedReads.of(database.store(unit));
        journal = new HostJournal(Defaults.of(JournalSettings.class), reads);
    }

    @Override
    public void append(int writer) {
        journal.append("run/bench-" + writer, "tool.returned", Map.of("note", NOTE));
    }

    @Override
    public void close() {
        journal.close();
        reads.close();
        unit.close();
        database.close();
    }
}
