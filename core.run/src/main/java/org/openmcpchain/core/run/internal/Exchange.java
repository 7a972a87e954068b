/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.List;
import java.util.Optional;
import org.openmcpchain.journal.JournalEntry;

/**
 * Finds out whether two rows had columns exchanged: some set of columns that, exchanged back, makes both entries right
 * again. An edit does not pass for that, because it would have to hit two hashes.
 */
final class Exchange {

    private static final int SETS = 1 << 5;

    private Exchange() {}

    /** The first candidate that was exchanged with a misfit. */
    static Optional<JournalEntry> partner(JournalEntry misfit, String previous, List<JournalEntry> candidates) {
        return candidates.stream()
                .filter(candidate -> isExchanged(misfit, previous, candidate))
                .findFirst();
    }

    /** @param previous the hash of the entry before the first one's place */
    static boolean isExchanged(JournalEntry first, String previous, JournalEntry second) {
        for (int columns = 1; columns < SETS; columns++) {
            JournalEntry restored = with(first, second, columns);
            if (restored.previous().equals(previous) && isWhole(restored) && isWhole(with(second, first, columns))) {
                return true;
            }
        }
        return false;
    }

    static boolean isWhole(JournalEntry entry) {
        return entry.hash().equals(entry.expectedHash());
    }

    /** An entry in its place with some columns of another one. */
    private static JournalEntry with(JournalEntry place, JournalEntry other, int columns) {
        return new JournalEntry(
                place.stream(),
                place.seq(),
                (columns & 1) == 0 ? place.at() : other.at(),
                (columns & 2) == 0 ? place.type() : other.type(),
                (columns & 4) == 0 ? place.body() : other.body(),
                (columns & 8) == 0 ? place.previous() : other.previous(),
                (columns & 16) == 0 ? place.hash() : other.hash());
    }
}
