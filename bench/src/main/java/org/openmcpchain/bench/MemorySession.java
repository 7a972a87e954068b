/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** One attempt at a run whose records are kept as they are: no canonical form, no hash chain, no disk. */
final class MemorySession implements RunSession {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final RunRecord RUN = new RunRecord(
            "01890000-0000-7000-8000-000000000001",
            Optional.empty(),
            "bench",
            "what is the price of ETH in USD?",
            Optional.empty(),
            Optional.empty(),
            "{}",
            RunState.RUNNING,
            AT,
            AT,
            Optional.empty(),
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final List<Map<String, ?>> records = new ArrayList<>();

    @Override
    public Run run() {
        return RUN;
    }

    @Override
    public List<JournalEntry> history() {
        return List.of();
    }

    /** Nobody in the loop reads the entry that is answered. */
    @Override
    public JournalEntry record(String type, Map<String, ?> body) {
        records.add(body);
        return null;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void checkActive() {
        // nobody cancels it
    }
}
