/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.List;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunState;

/** How often in a row a run was worked on and its end could not be written, and how long it is left alone for that. */
final class Setbacks {

    /** Why a run goes back whose attempt was over and whose end could not be written. */
    static final String REASON = "interrupted";

    static final Duration LONGEST = Duration.ofMinutes(5);

    // A quotation mark within a text stands behind a backslash in canonical JSON, so no text can look like this.
    private static final String MARK = "\"reason\":\"" + REASON + "\"";
    private static final String SCHEDULED = "\"to\":\"" + RunState.SCHEDULED + "\"";
    private static final String RUNNING = "\"to\":\"" + RunState.RUNNING + "\"";
    private static final int LONGEST_SHIFT = 20;

    private Setbacks() {}

    /** Twice as long each time: whatever keeps the end off the disk, the attempts do not fill the journal. */
    static Duration waitAfter(List<JournalEntry> stream) {
        Duration grown = RunWorker.LATER.multipliedBy(1L << Math.min(inARow(stream), LONGEST_SHIFT));
        return grown.compareTo(LONGEST) > 0 ? LONGEST : grown;
    }

    private static int inARow(List<JournalEntry> stream) {
        int count = 0;
        for (JournalEntry entry : stream) {
            if (entry.type().equals(EntryTypes.RUN_STATE) && !isOnTheWay(entry.body())) {
                count = entry.body().contains(MARK) ? count + 1 : 0;
            }
        }
        return count;
    }

    private static boolean isOnTheWay(String body) {
        return body.contains(SCHEDULED) || body.contains(RUNNING);
    }
}
