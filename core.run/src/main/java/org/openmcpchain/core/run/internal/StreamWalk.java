/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.List;
import java.util.Optional;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;

/** A walk along a stream that believes nothing and recomputes each hash. For one use by one thread. */
final class StreamWalk {

    private static final int PAGE = 100;
    private static final String RUN_STREAM = "run/";

    private final ShieldedReads reads;
    private final String stream;
    private long entries;
    private JournalEntry last;

    StreamWalk(ShieldedReads reads, String stream) {
        this.reads = reads;
        this.stream = stream;
    }

    /** @param expected the end of the stream as this host wrote it last, when it remembers that */
    JournalCheck check(Optional<Head> expected) {
        List<JournalEntry> page;
        do {
            page = reads.ask(rows -> rows.entries(stream, last == null ? 0 : last.seq(), PAGE));
            for (JournalEntry entry : page) {
                entries++;
                Optional<String> fault = faultOf(entry);
                if (fault.isPresent()) {
                    return broken(entry.seq(), fault.get());
                }
                last = entry;
            }
        } while (page.size() == PAGE);
        return checkEnd(expected);
    }

    private Optional<String> faultOf(JournalEntry entry) {
        long next = last == null ? 1 : last.seq() + 1;
        if (!entry.stream().equals(stream)) {
            return Optional.of("it belongs to another stream");
        }
        if (entry.seq() != next) {
            return Optional.of("entry " + next + " is missing");
        }
        if (!entry.previous().equals(last == null ? JournalEntry.ORIGIN : last.hash())) {
            return Optional.of("it does not follow the entry before it");
        }
        if (!isCanonical(entry.body())) {
            return Optional.of("its body is not in canonical form");
        }
        return entry.hash().equals(entry.expectedHash())
                ? Optional.empty()
                : Optional.of("its content does not give its hash");
    }

    private static boolean isCanonical(String body) {
        try {
            return body.startsWith("{") && CanonicalJson.of(body).equals(body);
        } catch (HostException e) {
            return false;
        }
    }

    /** A stream that was cut short is a right chain; what else is known of its end tells it from the whole one. */
    private JournalCheck checkEnd(Optional<Head> expected) {
        long end = last == null ? 0 : last.seq();
        if (expected.isPresent() && expected.get().seq() > end) {
            return broken(end + 1, "the entries up to " + expected.get().seq() + " were there and are gone");
        }
        if (isOfEndedRun() && (last == null || !last.type().equals(EntryTypes.RUN_ENDED))) {
            return broken(end + 1, "the run has ended, but its last entry is missing");
        }
        if (last == null) {
            throw HostException.of(JournalError.STREAM_UNKNOWN, "stream", stream);
        }
        return new JournalCheck(stream, entries, true, Damage.NONE, 0, null, last.hash());
    }

    private boolean isOfEndedRun() {
        return stream.startsWith(RUN_STREAM)
                && reads.ask(rows -> rows.run(stream.substring(RUN_STREAM.length())))
                        .map(RunRecord::state)
                        .filter(state -> state.isTerminal())
                        .isPresent();
    }

    private JournalCheck broken(long seq, String detail) {
        return new JournalCheck(
                stream, entries, false, Damage.EDITED, seq, detail, last == null ? JournalEntry.ORIGIN : last.hash());
    }
}
