/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.List;
import java.util.Optional;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.journal.JournalEntry;

/** Writes behind a known entry: what is computed from a whole stream must not be overtaken. Thread-safe. */
interface StreamWriter {

    /**
     * Writes as {@link org.openmcpchain.core.run.JournaledStore#write} does, if the last entry of a stream has a given
     * number; writes nothing and answers empty if the stream went on in the meantime.
     */
    Optional<List<JournalEntry>> writeBehind(
            String stream, long lastSeq, List<EntryDraft> entries, List<StoreChange> rows);
}
