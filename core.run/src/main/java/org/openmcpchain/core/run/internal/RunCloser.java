/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.run.RunState;

/** Ends runs: receipt, last entry and both rows in one write, so that no run has ended without its receipt. */
final class RunCloser {

    private static final int TRIES = 100;
    private static final int MAX_TEXT = 65_536;
    private static final int MAX_RESULT = 1 << 20;
    private static final int MAX_PROVIDER = 256;
    private static final int MAX_CODE = 64;

    private final StreamWriter writer;
    private final ShieldedReads reads;
    private final Supplier<ReceiptIssuer> issuer;
    private final RunEndings endings;
    private final Clock clock;

    RunCloser(
            StreamWriter writer, ShieldedReads reads, Supplier<ReceiptIssuer> issuer, RunEndings endings, Clock clock) {
        this.writer = writer;
        this.reads = reads;
        this.issuer = issuer;
        this.endings = endings;
        this.clock = clock;
    }

    /**
     * Ends a run.
     *
     * <p>Errors: {@code RUN_TRANSITION_ILLEGAL}, {@code JOURNAL_UNAVAILABLE}, and those of the receipt issuer; then the
     * run has not ended.
     */
    RunRecord end(RunRecord run, RunEnding wanted) {
        return end(run, wanted, false);
    }

    /** Ends a run that was tried again and again, and leaves a dead letter in the same write. Errors: as of {@link #end}. */
    RunRecord giveUp(RunRecord run, RunEnding wanted) {
        return end(run, wanted, true);
    }

    private RunRecord end(RunRecord run, RunEnding wanted, boolean givenUp) {
        RunEnding ending = storable(wanted);
        Transitions.refuseIllegal(run, ending.state());
        for (int i = 0; i < TRIES; i++) {
            Optional<RunRecord> ended = tryToEnd(run, ending, givenUp);
            if (ended.isPresent()) {
                return ended.get();
            }
        }
        throw HostException.of(
                JournalError.JOURNAL_UNAVAILABLE, "detail", "the stream of the run does not come to rest");
    }

    /** Empty: something was appended after the receipt was made, so it does not speak of everything. */
    private Optional<RunRecord> tryToEnd(RunRecord run, RunEnding ending, boolean givenUp) {
        List<JournalEntry> stream = reads.entriesBehind(run.stream(), 0);
        Map<String, Object> body = body(run, ending);
        Receipt receipt = issuer.get().issue(stream, CanonicalJson.of(body));
        body.put("receiptDigest", receipt.payloadDigest());
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        RunRecord ended = run.ended(ending, at, receipt.payloadDigest());
        List<EntryDraft> entries = new ArrayList<>();
        List<StoreChange> rows = new ArrayList<>();
        entries.add(new EntryDraft(run.stream(), EntryTypes.RUN_ENDED, body));
        rows.add(new RunSaved(ended));
        rows.add(new ReceiptSaved(receipt));
        if (givenUp) {
            entries.add(StoredDeadLetter.added(ended));
            rows.add(new DocumentSaved(StoredDeadLetter.open(ended.id(), at).toDocument(at)));
        }
        long last = stream.isEmpty() ? 0 : stream.get(stream.size() - 1).seq();
        Optional<RunRecord> written =
                writer.writeBehind(run.stream(), last, entries, rows).map(unused -> ended);
        written.ifPresent(endings::tell);
        return written;
    }

    private static Map<String, Object> body(RunRecord run, RunEnding ending) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", ending.state());
        body.put("outcome", outcome(ending));
        body.put("attempt", run.attempts());
        body.put("errorCode", ending.errorCode().orElse(null));
        body.put("errorDetail", ending.errorDetail().orElse(null));
        body.put("provider", ending.provider().orElse(null));
        body.put("resultHash", ending.result().map(CanonicalJson::sha256).orElse(null));
        body.put("replyHash", ending.reply().map(Digests::sha256).orElse(null));
        body.put("thoughtHash", ending.thought().map(Digests::sha256).orElse(null));
        return body;
    }

    /** The words of {@link org.openmcpchain.run.Outcome}, and CANCELLED. */
    private static String outcome(RunEnding ending) {
        if (ending.state() == RunState.SUCCEEDED) {
            return "OK";
        }
        if (ending.state() == RunState.CANCELLED) {
            return "CANCELLED";
        }
        String code = ending.errorCode().orElse("");
        if (code.equals(PolicyError.POLICY_DENIED.name()) || code.equals(PolicyError.APPROVAL_REJECTED.name())) {
            return "DENIED";
        }
        if (code.equals(PolicyError.POLICY_APPROVAL_NEEDED.name())) {
            return "NEEDS_APPROVAL";
        }
        return code.equals(ChainError.CHAIN_OUTCOME_UNKNOWN.name()) ? "UNKNOWN" : "FAILED";
    }

    /** The same ending in a form that every store holds; a result that has no such form fails the run. */
    private static RunEnding storable(RunEnding ending) {
        if (ending.result().isPresent() && !isStorable(ending.result().get())) {
            return RunEnding.failed(
                    RunError.RUN_INTERNAL.name(),
                    "The result is not a JSON object of at most 1 MiB with a canonical form");
        }
        return new RunEnding(
                ending.state(),
                ending.reply().map(text -> PlainText.of(text, MAX_TEXT)),
                ending.thought().map(text -> PlainText.of(text, MAX_TEXT)),
                ending.result(),
                ending.errorCode().map(text -> PlainText.of(text, MAX_CODE)),
                ending.errorDetail().map(text -> PlainText.of(text, PlainText.DETAIL)),
                ending.provider().map(text -> PlainText.of(text, MAX_PROVIDER)));
    }

    private static boolean isStorable(String result) {
        try {
            return result.length() <= MAX_RESULT && CanonicalJson.of(result).startsWith("{");
        } catch (HostException e) {
            return false;
        }
    }
}
