/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.DeadLetters;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Submission;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The runs that were given up, read from the store each time: there are few, and people look at them seldom. Thread-safe. */
@Component(service = DeadLetters.class, name = "org.openmcpchain.core.run.DeadLetters")
public final class DeadLetterBox implements DeadLetters {

    private static final String REPLAY = "replay:";

    private final Runs runs;
    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final Clock clock;
    private final Locks locks = new Locks();

    /** The dead letters of this host. */
    @Activate
    public DeadLetterBox(@Reference Runs runs, @Reference JournaledStore journal, @Reference ShieldedReads reads) {
        this(runs, journal, reads, Clock.systemUTC());
    }

    DeadLetterBox(Runs runs, JournaledStore journal, ShieldedReads reads, Clock clock) {
        this.runs = runs;
        this.journal = journal;
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public Page<DeadLetter> list(Set<DeadLetter.State> states, int offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("offset is at least 0, limit is at least 1");
        }
        List<StoredDeadLetter> wanted = journal.documents(StoredDeadLetter.COLLECTION).stream()
                .map(StoredDeadLetter::of)
                .filter(letter -> states.isEmpty() || states.contains(letter.state()))
                .sorted(Comparator.comparing(StoredDeadLetter::at)
                        .thenComparing(StoredDeadLetter::runId)
                        .reversed())
                .toList();
        int from = Math.min(offset, wanted.size());
        int to = (int) Math.min((long) from + limit, wanted.size());
        return new Page<>(
                wanted.subList(from, to).stream().map(this::whole).toList(),
                wanted.size(),
                to < wanted.size() ? OptionalInt.of(to) : OptionalInt.empty());
    }

    @Override
    public Optional<DeadLetter> find(String runId) {
        return stored(runId).map(this::whole);
    }

    @Override
    public Submission replay(String runId, String principal) {
        synchronized (locks.of(runId)) {
            StoredDeadLetter letter = known(runId);
            if (letter.state() == DeadLetter.State.DISCARDED) {
                throw closed(letter);
            }
            RunRecord run = run(runId);
            // On behalf of whoever wanted it, so that a replay can do no more than the run could; outside of its
            // session,
            // whose talk has gone on.
            Submission again = runs.submit(new RunRequest(
                    run.principal(), run.goal(), Optional.of(REPLAY + runId), run.network(), run.metadata()));
            if (letter.state() == DeadLetter.State.OPEN) {
                save(letter.replayed(again.run().id()), principal, "");
            }
            return again;
        }
    }

    @Override
    public DeadLetter discard(String runId, String principal, String reason) {
        synchronized (locks.of(runId)) {
            StoredDeadLetter letter = known(runId);
            if (letter.state() != DeadLetter.State.OPEN) {
                throw closed(letter);
            }
            StoredDeadLetter discarded = letter.discarded();
            save(discarded, principal, reason);
            return whole(discarded);
        }
    }

    private void save(StoredDeadLetter letter, String principal, String reason) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("run", letter.runId());
        body.put("state", letter.state());
        body.put("principal", principal);
        body.put("replayedAs", letter.replayedAs().orElse(null));
        body.put("reason", PlainText.orNull(reason, PlainText.DETAIL));
        journal.write(
                List.of(new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.DEAD_LETTER_CLOSED, body)),
                List.of(new DocumentSaved(letter.toDocument(at))));
    }

    private Optional<StoredDeadLetter> stored(String runId) {
        return runId.isEmpty() || runId.length() > RunEngine.MAX_ID
                ? Optional.empty()
                : journal.document(StoredDeadLetter.COLLECTION, runId).map(StoredDeadLetter::of);
    }

    private StoredDeadLetter known(String runId) {
        return stored(runId)
                .orElseThrow(() ->
                        HostException.of(RunError.DEAD_LETTER_UNKNOWN, "id", PlainText.of(runId, RunEngine.MAX_ID)));
    }

    private static HostException closed(StoredDeadLetter letter) {
        return HostException.of(RunError.DEAD_LETTER_CLOSED, "id", letter.runId(), "state", letter.state());
    }

    private RunRecord run(String runId) {
        return reads.ask(rows -> rows.run(runId))
                .orElseThrow(() -> HostException.of(RunError.DEAD_LETTER_UNKNOWN, "id", runId));
    }

    private DeadLetter whole(StoredDeadLetter letter) {
        RunRecord run = run(letter.runId());
        return new DeadLetter(
                run.id(),
                run.goal(),
                run.principal(),
                run.errorCode().orElse(""),
                run.errorDetail().orElse(""),
                run.attempts(),
                letter.at(),
                letter.state(),
                letter.replayedAs());
    }
}
