/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.run.RunState;

/**
 * A walk along a stream that believes nothing: it recomputes each hash and compares the end with what is known of it from
 * elsewhere. For one use by one thread.
 */
final class StreamWalk {

    private static final int PAGE = 100;
    private static final int OUTSIDE = 100;
    private static final String RUN_STREAM = "run/";

    private final ShieldedReads reads;
    private final String stream;
    private final List<KnownEntry> known;
    private final boolean ended;
    private final List<JournalEntry> outside = new ArrayList<>();
    private long entries;
    private JournalEntry last;
    private JournalEntry misfit;
    private String reason;

    /** @param known what is known of this stream's entries from elsewhere than the store */
    StreamWalk(ShieldedReads reads, String stream, List<KnownEntry> known) {
        this.reads = reads;
        this.stream = stream;
        this.known = new ArrayList<>(known);
        // Asked first: a run may end while this walks.
        ended = isOfEndedRun();
    }

    /** Walks. Error: {@code STREAM_UNKNOWN}. */
    Finding run() {
        Optional<StreamHead> before = head();
        before.ifPresent(head ->
                known.add(new KnownEntry(head.seq(), head.hash(), "the list of streams has another hash for it")));
        try {
            walk();
        } catch (HostException e) {
            if (e.code() != JournalError.JOURNAL_BROKEN) {
                throw e;
            }
            boolean gone = "gone".equals(e.parameters().get("archive"));
            return broken(gone ? Damage.REMOVED : Damage.EDITED, 1, e.getMessage());
        }
        return judge();
    }

    private Optional<StreamHead> head() {
        return reads.ask(rows -> rows.streamHead(stream));
    }

    private void walk() {
        long after = Long.MIN_VALUE;
        List<JournalEntry> page;
        do {
            long behind = after;
            page = reads.entries(stream, behind, PAGE);
            for (JournalEntry entry : page) {
                after = entry.seq();
                if (!take(entry)) {
                    return;
                }
            }
        } while (page.size() == PAGE);
    }

    /** Whether the entry is right, or is none. */
    private boolean take(JournalEntry entry) {
        entries++;
        if (entry.seq() < 1) {
            if (outside.size() < OUTSIDE) {
                outside.add(entry);
            }
            return true;
        }
        Optional<String> fault = faultOf(entry);
        if (fault.isPresent()) {
            misfit = entry;
            reason = fault.get();
            return false;
        }
        last = entry;
        return true;
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
        if (!Exchange.isWhole(entry)) {
            return Optional.of("its content does not give its hash");
        }
        return known.stream()
                .filter(one -> one.seq() == entry.seq() && !one.hash().equals(entry.hash()))
                .map(KnownEntry::source)
                .findFirst();
    }

    private static boolean isCanonical(String body) {
        try {
            return body.startsWith("{") && CanonicalJson.of(body).equals(body);
        } catch (HostException e) {
            return false;
        }
    }

    /** A stream that was cut short is a right chain; what else is known of its end tells it from the whole one. */
    private Finding judge() {
        // Entries may have come while this walked: only the end as it is now tells what does not belong there.
        long expected = known.stream().mapToLong(KnownEntry::seq).max().orElse(0);
        long end = Math.max(expected, head().map(StreamHead::seq).orElse(0L));
        DamageSearch search = new DamageSearch(reads, stream, last, end, known, outside);
        if (end == 0 && entries > 0) {
            return broken(Damage.INSERTED, firstSeq(), "the stream is not in the list of streams");
        }
        if (misfit != null) {
            return broken(search.around(misfit, reason));
        }
        long seq = last == null ? 0 : last.seq();
        return seq < expected ? broken(search.atEnd()) : judgeEnd(end, seq);
    }

    private long firstSeq() {
        return outside.isEmpty()
                ? (misfit == null ? 1 : misfit.seq())
                : outside.get(0).seq();
    }

    private Finding judgeEnd(long end, long seq) {
        if (!outside.isEmpty()) {
            return broken(Damage.INSERTED, outside.get(0).seq(), "no entry has such a number");
        }
        if (seq > end) {
            return broken(Damage.INSERTED, end + 1, "it stands behind the end of the stream");
        }
        if (ended && (last == null || !last.type().equals(EntryTypes.RUN_ENDED))) {
            return broken(
                    last == null ? Damage.REMOVED : Damage.TRUNCATED,
                    seq + 1,
                    "the run has ended, but its last entry is missing");
        }
        if (last == null) {
            throw HostException.of(JournalError.STREAM_UNKNOWN, "stream", stream);
        }
        JournalCheck check = new JournalCheck(stream, entries, true, Damage.NONE, 0, null, last.hash());
        return new Finding(check, Optional.empty(), last.hash());
    }

    private boolean isOfEndedRun() {
        return stream.startsWith(RUN_STREAM)
                && reads.ask(rows -> rows.run(stream.substring(RUN_STREAM.length())))
                        .map(RunRecord::state)
                        .filter(RunState::isTerminal)
                        .isPresent();
    }

    private Finding broken(DamageSearch.Verdict verdict) {
        return broken(verdict.damage(), verdict.at(), verdict.detail());
    }

    private Finding broken(Damage damage, long at, String detail) {
        String hash = last == null ? JournalEntry.ORIGIN : last.hash();
        JournalCheck check = new JournalCheck(stream, entries, false, damage, at, detail, hash);
        boolean spoiled = damage == Damage.EDITED && misfit != null && misfit.seq() == at;
        return new Finding(check, spoiled ? Optional.of(misfit) : Optional.empty(), hash);
    }
}
