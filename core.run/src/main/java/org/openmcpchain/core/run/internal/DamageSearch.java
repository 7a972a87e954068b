/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalEntry;

/**
 * Tells from what stands around the first misfit of a stream what was done to it. An entry's hash covers its place and the
 * hash before it, so a row that was moved still knows where it belongs.
 */
final class DamageSearch {

    /** What was done, and to which entry first. */
    record Verdict(Damage damage, long at, String detail) {}

    private static final int PAGE = 100;
    private static final int CANDIDATES = 256;
    private static final int PLACES = 10_000;

    private final ShieldedReads reads;
    private final String stream;
    private final JournalEntry last;
    private final long end;
    private final List<KnownEntry> known;
    /** Rows with numbers that no entry has. */
    private final List<JournalEntry> outside;
    /** Rows behind the misfit that are not right either. */
    private final List<JournalEntry> suspects = new ArrayList<>();

    private JournalEntry next;

    /**
     * @param last the last entry that is right, or null
     * @param end the number of the last entry as far as it is known from elsewhere
     */
    DamageSearch(
            ShieldedReads reads,
            String stream,
            JournalEntry last,
            long end,
            List<KnownEntry> known,
            List<JournalEntry> outside) {
        this.reads = reads;
        this.stream = stream;
        this.last = last;
        this.end = end;
        this.known = known;
        this.outside = outside;
    }

    /** @param reason why it is a misfit */
    Verdict around(JournalEntry misfit, String reason) {
        lookBehind(misfit);
        long place = place();
        if (misfit.seq() > place) {
            return gap(misfit);
        }
        if (place > end) {
            return new Verdict(Damage.INSERTED, place, "it stands behind the end of the stream");
        }
        return misfit.stream().equals(stream) && Exchange.isWhole(misfit)
                ? rewritten(misfit, reason)
                : spoiled(misfit, reason);
    }

    /** The stream ends before it should. */
    Verdict atEnd() {
        long place = place();
        if (moved(outside.stream()).isPresent()) {
            return new Verdict(Damage.REORDERED, place, "it stands in another place");
        }
        return new Verdict(
                last == null && outside.isEmpty() ? Damage.REMOVED : Damage.TRUNCATED,
                place,
                "the entries up to " + end + " were there and are gone");
    }

    private long place() {
        return last == null ? 1 : last.seq() + 1;
    }

    private String previous() {
        return last == null ? JournalEntry.ORIGIN : last.hash();
    }

    private void lookBehind(JournalEntry misfit) {
        long after = misfit.seq();
        List<JournalEntry> page;
        do {
            long behind = after;
            page = reads.entries(stream, behind, PAGE);
            for (JournalEntry entry : page) {
                next = next == null ? entry : next;
                if (!Exchange.isWhole(entry) && suspects.size() < CANDIDATES) {
                    suspects.add(entry);
                }
                after = entry.seq();
            }
        } while (page.size() == PAGE);
    }

    private Verdict gap(JournalEntry misfit) {
        long place = place();
        if (moved(Stream.concat(Stream.of(misfit), Stream.concat(outside.stream(), suspects.stream())))
                .isPresent()) {
            return new Verdict(Damage.REORDERED, place, "it stands in another place");
        }
        if (place > end) {
            return new Verdict(Damage.INSERTED, misfit.seq(), "it stands behind the end of the stream");
        }
        return misfit.seq() > end
                ? new Verdict(Damage.TRUNCATED, place, "the entries up to " + end + " were there and are gone")
                : new Verdict(Damage.DELETED, place, "there is nothing before entry " + misfit.seq());
    }

    /** The row that belongs in the place of the misfit and stands elsewhere. */
    private Optional<JournalEntry> moved(Stream<JournalEntry> rows) {
        return rows.filter(row -> row.previous().equals(previous()) && fits(row, place()))
                .findFirst();
    }

    private boolean fits(JournalEntry row, long place) {
        return row.hash().equals(JournalEntry.hashOf(stream, place, row.at(), row.type(), row.body(), row.previous()));
    }

    /** Each of the two entries is right, but they do not go together: one of them was written anew with its hash. */
    private Verdict rewritten(JournalEntry misfit, String reason) {
        long place = place();
        boolean follows = misfit.previous().equals(previous());
        boolean isFollowed = next == null
                ? known.stream()
                        .anyMatch(one -> one.seq() == place && one.hash().equals(misfit.hash()))
                : next.previous().equals(misfit.hash());
        return !follows && isFollowed && place > 1
                ? new Verdict(Damage.EDITED, place - 1, "the entry behind it does not follow it")
                : new Verdict(Damage.EDITED, place, reason);
    }

    private Verdict spoiled(JournalEntry misfit, String reason) {
        long place = place();
        Optional<JournalEntry> partner = Exchange.partner(misfit, previous(), suspects);
        if (partner.isPresent()) {
            return new Verdict(
                    Damage.REORDERED,
                    place,
                    "it was exchanged with entry " + partner.get().seq());
        }
        if (fits(misfit, place + 1)) {
            return new Verdict(Damage.DELETED, place, "what stands in its place is the entry behind it");
        }
        if (place > 1 && fits(misfit, place - 1)) {
            return new Verdict(Damage.INSERTED, place - 1, "the entry that belongs here stands behind it");
        }
        if (next != null && next.previous().equals(previous()) && fits(next, place)) {
            return new Verdict(Damage.INSERTED, place, "the entry that belongs here stands behind it");
        }
        if (moved(Stream.concat(outside.stream(), suspects.stream())).isPresent() || hasAnotherPlace(misfit)) {
            return new Verdict(Damage.REORDERED, place, "what stands in its place belongs elsewhere");
        }
        return new Verdict(Damage.EDITED, place, reason);
    }

    private boolean hasAnotherPlace(JournalEntry misfit) {
        for (long place = 1; place <= Math.min(end, PLACES); place++) {
            if (place != misfit.seq() && fits(misfit, place)) {
                return true;
            }
        }
        return false;
    }
}
