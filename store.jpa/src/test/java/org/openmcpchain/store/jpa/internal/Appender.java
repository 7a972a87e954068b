/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.util.List;
import org.openmcpchain.journal.JournalEntry;

/** Something that keeps journal entries, as far as it is measured. One thread appends. */
interface Appender extends AutoCloseable {

    /** Writes in one transaction and returns when the candidate calls it durable. */
    void append(List<JournalEntry> entries) throws Exception;

    /** The last sequence number, or 0. */
    long head() throws Exception;

    /** How many entries there are. */
    long count() throws Exception;

    @Override
    void close() throws Exception;
}
