/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.run.DeadLetter;

/**
 * What is kept of a dead letter beside its run, which says all the rest.
 *
 * @param runId the run that was given up
 * @param at when
 * @param state where the letter is
 * @param replayedAs the run that took it up again, or empty
 */
record StoredDeadLetter(String runId, Instant at, DeadLetter.State state, Optional<String> replayedAs) {

    /** Where dead letters are kept; their id is the run's. */
    static final String COLLECTION = "dead-letter";

    // Every value is the host's own and has neither quotation marks nor backslashes.
    private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");
    private static final Pattern STATE = Pattern.compile("\"state\":\"([^\"]+)\"");
    private static final Pattern REPLAYED_AS = Pattern.compile("\"replayedAs\":\"([^\"]+)\"");

    static StoredDeadLetter open(String runId, Instant at) {
        return new StoredDeadLetter(runId, at, DeadLetter.State.OPEN, Optional.empty());
    }

    static StoredDeadLetter of(StoredDocument document) {
        String body = document.body();
        return new StoredDeadLetter(
                document.id(),
                Instant.parse(value(AT, body).orElseThrow()),
                DeadLetter.State.valueOf(value(STATE, body).orElseThrow()),
                value(REPLAYED_AS, body));
    }

    private static Optional<String> value(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    StoredDeadLetter replayed(String newRun) {
        return new StoredDeadLetter(runId, at, DeadLetter.State.REPLAYED, Optional.of(newRun));
    }

    StoredDeadLetter discarded() {
        return new StoredDeadLetter(runId, at, DeadLetter.State.DISCARDED, replayedAs);
    }

    StoredDocument toDocument(Instant now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("run", runId);
        body.put("at", at.toString());
        body.put("state", state);
        body.put("replayedAs", replayedAs.orElse(null));
        return new StoredDocument(COLLECTION, runId, CanonicalJson.of(body), now);
    }

    /** The entry that says that a run was given up. */
    static EntryDraft added(RunRecord run) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("run", run.id());
        body.put("code", run.errorCode().orElse(null));
        body.put("detail", run.errorDetail().orElse(null));
        body.put("attempts", run.attempts());
        return new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.DEAD_LETTER_ADDED, body);
    }
}
