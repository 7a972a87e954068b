/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;

/**
 * One line of a day's file.
 *
 * @param seq the place of its entry in the stream, which the line ends with as a comment
 * @param line the line
 */
record DayNote(long seq, String line) {

    private static final int MAX_TEXT = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Pattern SEQ = Pattern.compile("<!-- (\\d{1,18}) -->$");

    /** The note about an entry, or empty for an entry that people need not read. */
    static Optional<DayNote> of(JournalEntry entry) {
        Entry body = Entry.of(entry.body());
        return switch (entry.type()) {
            case EntryTypes.SESSION_MESSAGE -> Optional.of(
                    note(entry, "**" + plain(body.text("principal")) + "**: " + plain(body.text("text"))));
            case EntryTypes.SESSION_ANSWER -> Optional.of(note(
                    entry,
                    "*" + body.text("state") + "*: "
                            + plain(body.optional("answer").orElse(""))));
            case EntryTypes.SESSION_COMPACTED -> Optional.of(note(entry, "the older turns were summarised"));
            case EntryTypes.SESSION_RESET -> Optional.of(note(entry, "the context was cleared"));
            default -> Optional.empty();
        };
    }

    /** The place in the stream that a line ends with, or 0. */
    static long seqOf(String line) {
        Matcher matcher = SEQ.matcher(line);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static DayNote note(JournalEntry entry, String text) {
        return new DayNote(entry.seq(), "- " + TIME.format(entry.at()) + " " + text + " <!-- " + entry.seq() + " -->");
    }

    /** Nothing that a person says ends a comment or begins one. */
    private static String plain(String text) {
        return Excerpt.of(text, MAX_TEXT).replace("<!--", "<! --").replace("-->", "-- >");
    }
}
