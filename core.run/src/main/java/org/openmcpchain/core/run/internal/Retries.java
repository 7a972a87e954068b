/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunState;

/** What the journal says about the retries of a run: so their number survives a restart. */
final class Retries {

    /** Why a run is tried again whose attempt failed for a reason that may pass. */
    static final String REASON = "retry";

    // A quotation mark within a text stands behind a backslash in canonical JSON, so no text can look like this.
    private static final String MARK = "\"reason\":\"" + REASON + "\"";
    private static final Pattern DUE = Pattern.compile("\"due\":\"([^\"\\\\]{1,40})\"");

    private Retries() {}

    /** How often a run with this stream was tried again. */
    static int countIn(List<JournalEntry> stream) {
        return (int) stream.stream().filter(Retries::isRetry).count();
    }

    /** When a run is due that waits for a worker: a retry that was planned is not hurried. */
    static Instant due(RunRecord run, ShieldedReads reads, Clock clock) {
        Optional<Instant> planned = run.state() == RunState.RETRYING
                ? reads.ask(rows -> rows.head(run.stream())).flatMap(Retries::dueAfter)
                : Optional.empty();
        return planned.orElseGet(clock::instant);
    }

    /** When a run is due whose last entry is this one, or empty when the entry says nothing about it. */
    static Optional<Instant> dueAfter(JournalEntry last) {
        Matcher due = DUE.matcher(last.body());
        return isRetry(last) && due.find() ? Optional.of(Instant.parse(due.group(1))) : Optional.empty();
    }

    /** What the entry of a retry says beside the states. */
    static Map<String, Object> body(int number, RunEnding ending, Instant due) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("retry", number);
        body.put("code", ending.errorCode().orElse(null));
        body.put("detail", PlainText.orNull(ending.errorDetail().orElse(null), PlainText.DETAIL));
        body.put("due", due.toString());
        return body;
    }

    private static boolean isRetry(JournalEntry entry) {
        return entry.type().equals(EntryTypes.RUN_STATE) && entry.body().contains(MARK);
    }
}
