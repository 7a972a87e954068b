/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentRemoved;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;

/** What is written when a fuse blows and when a person resets it. */
final class LedgerFuses {

    private LedgerFuses() {}

    /** The entry in the host's stream: fuses outlive the run that blew them. */
    static EntryDraft entry(String meter, String state, String principal) {
        int end = meter.indexOf('\n');
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("cap", meter.substring(0, end));
        body.put("holder", meter.substring(end + 1));
        body.put("state", state);
        body.put("principal", principal);
        return new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.LEDGER_CHANGED, body);
    }

    /** The row of a fuse that has blown. */
    static StoreChange blown(String meter, Instant at) {
        return new DocumentSaved(LedgerText.fuse(meter, at));
    }

    /** The removal of that row. */
    static StoreChange reset(String meter) {
        return new DocumentRemoved(LedgerText.FUSES, LedgerText.id(meter));
    }
}
