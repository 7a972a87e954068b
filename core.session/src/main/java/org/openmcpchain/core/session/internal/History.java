/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.session.Turn;

/** Entries of a session's stream as people read them. */
final class History {

    private static final int PAGES = 4;

    private History() {}

    /** What happened behind a place, oldest first. The creation itself, entry 1, is not told. */
    static List<Turn> of(SessionJournal journal, String key, long afterSeq, int limit) {
        List<Turn> turns = new ArrayList<>();
        journal.entries(key, Math.max(1, afterSeq), limit)
                .forEach(entry -> turn(entry).ifPresent(turns::add));
        return List.copyOf(turns);
    }

    /** The run that a message became part of, or empty: looks at a bounded part of what came behind it. */
    static Optional<String> runOf(SessionJournal journal, String key, KnownMessage message) {
        long seq = message.seq();
        for (int page = 0; page < PAGES; page++) {
            List<JournalEntry> entries = journal.entries(key, seq);
            for (JournalEntry entry : entries) {
                Optional<Turn> turn =
                        turn(entry).filter(found -> found.messages().contains(message.number()));
                if (turn.isPresent()) {
                    return turn.get().run();
                }
                seq = entry.seq();
            }
        }
        return Optional.empty();
    }

    private static Optional<Turn> turn(JournalEntry entry) {
        Entry body = Entry.of(entry.body());
        return switch (entry.type()) {
            case EntryTypes.SESSION_MESSAGE -> Optional.of(
                    turn(entry, "message", body.number("message"), body.optional("text"), body));
            case EntryTypes.SESSION_TURN -> Optional.of(turn(entry, "turn", 0, Optional.empty(), body));
            case EntryTypes.SESSION_ANSWER -> Optional.of(turn(entry, "answer", 0, body.optional("answer"), body));
            case EntryTypes.SESSION_COMPACTED -> Optional.of(
                    turn(entry, "compaction", body.number("message", 0), body.optional("summary"), body));
            case EntryTypes.SESSION_RESET -> Optional.of(
                    turn(entry, "reset", body.number("message", 0), body.optional("command"), body));
            case EntryTypes.SESSION_MODE -> Optional.of(turn(entry, "mode", 0, body.optional("mode"), body));
            default -> Optional.empty();
        };
    }

    private static Turn turn(JournalEntry entry, String kind, long message, Optional<String> text, Entry body) {
        return new Turn(
                entry.seq(),
                entry.at(),
                kind,
                message,
                body.optional("principal"),
                text,
                body.optional("run"),
                body.numbers("messages"));
    }
}
