/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Policies.Change;
import org.openmcpchain.policy.Policies.DryRun;
import org.openmcpchain.policy.Policies.Scope;
import org.openmcpchain.policy.PolicyDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges journaled intents by a draft. Compared is what the rules alone said then and would say now: an approval that a
 * person gave, and a cap that was full, are not part of it. Nothing is reserved, asked or written. Thread-safe.
 */
final class Rejudging {

    /** Streams of runs stand between these two in the order of the alphabet. */
    private static final String BEFORE_RUNS = "run.";

    private static final String RUN = "run/";
    private static final int MOST_CHANGES = 1_000;
    private static final int PAGE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Rejudging.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Journal journal;

    Rejudging(Journal journal) {
        this.journal = journal;
    }

    /**
     * What a fit draft would have changed.
     *
     * <p>Errors: {@code RUN_UNKNOWN}, {@code JOURNAL_UNAVAILABLE}.
     */
    DryRun under(PolicyDraft draft, long version, Scope scope) {
        PolicyDocument document =
                new PolicyDocument(version, draft.digest(), draft.label(version), draft.text(), "", scope.until());
        Walk walk = new Walk(draft.as(document), scope);
        if (scope.run().isPresent()) {
            String stream = RUN + scope.run().get();
            if (journal.head(stream).isEmpty()) {
                throw HostException.of(RunError.RUN_UNKNOWN, "run", scope.run().get());
            }
            walk.stream(stream);
        } else {
            walk.stream(JournalEntry.HOST_STREAM);
            everyRun(walk);
        }
        return walk.result();
    }

    private void everyRun(Walk walk) {
        String after = BEFORE_RUNS;
        while (true) {
            List<String> names = journal.streams(after, PAGE);
            for (String name : names) {
                if (!name.startsWith(RUN)) {
                    return;
                }
                walk.stream(name);
            }
            if (names.size() < PAGE) {
                return;
            }
            after = names.get(names.size() - 1);
        }
    }

    /** A verdict's entry with its intent. */
    static Optional<GateQuestion> question(JournalEntry entry, JsonNode body, PolicyInForce policy) {
        String stream = entry.stream();
        String run = stream.startsWith(RUN) ? stream.substring(RUN.length()) : null;
        try {
            Intent intent = IntentReader.read(body, run);
            return Optional.of(new GateQuestion(
                    intent, body.path("intentHash").asText(), policy, VerdictText.circumstances(body, entry.at())));
        } catch (HostException | DateTimeException e) {
            LOG.warn("the verdict {} of {} cannot be judged again", entry.seq(), stream);
            return Optional.empty();
        }
    }

    /** One walk through the past. */
    private final class Walk {

        private final PolicyInForce draft;
        private final Scope scope;
        private final List<Change> changes = new ArrayList<>();
        private long judged;
        private long same;
        private boolean truncated;

        Walk(PolicyInForce draft, Scope scope) {
            this.draft = draft;
            this.scope = scope;
        }

        void stream(String stream) {
            Optional<JournalEntry> head = journal.head(stream);
            if (head.isEmpty() || head.get().at().isBefore(scope.since())) {
                return;
            }
            long after = 0;
            List<JournalEntry> page;
            do {
                page = journal.read(stream, after, PAGE);
                for (JournalEntry entry : page) {
                    if (!entry.at().isBefore(scope.until())) {
                        return;
                    }
                    if (entry.type().equals(EntryTypes.GATE_VERDICT)
                            && !entry.at().isBefore(scope.since())) {
                        judge(entry);
                    }
                    after = entry.seq();
                }
            } while (page.size() == PAGE);
        }

        private void judge(JournalEntry entry) {
            JsonNode body;
            try {
                body = JSON.readTree(entry.body());
            } catch (JsonProcessingException e) {
                LOG.warn("entry {} of {} is no JSON", entry.seq(), entry.stream());
                return;
            }
            question(entry, body, draft).ifPresent(question -> {
                Ruling was = VerdictText.ruling(body);
                Ruling would = draft.rules().judge(question);
                judged++;
                if (was.decision() == would.decision()) {
                    same++;
                } else {
                    add(entry, question.intent(), was, would);
                }
            });
        }

        private void add(JournalEntry entry, Intent intent, Ruling was, Ruling would) {
            if (changes.size() == MOST_CHANGES) {
                truncated = true;
                return;
            }
            changes.add(new Change(
                    entry.stream(),
                    entry.seq(),
                    entry.at(),
                    intent.point(),
                    intent.subject(),
                    was.decision(),
                    was.rule(),
                    would.decision(),
                    would.rule(),
                    would.reason()));
        }

        DryRun result() {
            changes.sort(Comparator.comparing(Change::at)
                    .thenComparing(Change::stream)
                    .thenComparing(Change::seq));
            return new DryRun(draft.label(), judged, same, changes, truncated);
        }
    }
}
