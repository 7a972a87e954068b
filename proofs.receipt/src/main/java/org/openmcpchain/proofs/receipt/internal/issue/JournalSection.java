/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;

/** The stream by its hashes. It refuses a stream whose chain is broken: a receipt of it would be a lie. */
final class JournalSection implements Section {

    private final String stream;
    private final List<Map<String, Object>> list = new ArrayList<>();
    private String head = JournalEntry.ORIGIN;

    JournalSection(String stream) {
        this.stream = stream;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void take(RunEntry runEntry) {
        JournalEntry entry = runEntry.source();
        boolean whole = entry.stream().equals(stream)
                && entry.seq() == list.size() + 1L
                && entry.previous().equals(head)
                && entry.hash().equals(entry.expectedHash());
        if (!whole) {
            throw HostException.of(JournalError.JOURNAL_BROKEN, "stream", stream, "seq", entry.seq());
        }
        head = entry.hash();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("seq", runEntry.seq());
        line.put("at", entry.at().toString());
        line.put("type", entry.type());
        line.put("hash", entry.hash());
        list.add(line);
    }

    /** The hash of the last entry. */
    String head() {
        return head;
    }

    @Override
    public Object value() {
        Map<String, Object> journal = new LinkedHashMap<>();
        journal.put("stream", stream);
        journal.put("entries", Integer.toString(list.size()));
        journal.put("firstHash", list.get(0).get("hash"));
        journal.put("headHash", head);
        journal.put("list", list);
        return journal;
    }
}
