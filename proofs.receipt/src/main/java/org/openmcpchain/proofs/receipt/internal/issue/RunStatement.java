/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proofs.receipt.internal.format.Json;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;

/** The in-toto statement about a run: a function of its stream, its ending and the key's id, and of nothing else. */
final class RunStatement {

    private static final String RUN_STREAM = "run/";

    private final List<JournalEntry> stream;
    private final Map<String, Object> ending;
    private final String keyId;

    private RunStatement(List<JournalEntry> stream, Map<String, Object> ending, String keyId) {
        this.stream = stream;
        this.ending = ending;
        this.keyId = keyId;
    }

    /**
     * The statement as canonical JSON.
     *
     * <p>Errors: {@code JOURNAL_BROKEN}, {@code STREAM_UNKNOWN}, {@code JSON_NOT_CANONICAL}.
     */
    static String of(List<JournalEntry> stream, String ending, String keyId) {
        return CanonicalJson.of(new RunStatement(stream, Json.object(ending), keyId).statement());
    }

    /** The run that a stream belongs to. Error: {@code STREAM_UNKNOWN}. */
    static String runId(List<JournalEntry> stream) {
        String name = stream.isEmpty() ? "" : stream.get(0).stream();
        if (!name.startsWith(RUN_STREAM) || name.length() == RUN_STREAM.length()) {
            throw HostException.of(JournalError.STREAM_UNKNOWN, "stream", name);
        }
        return name.substring(RUN_STREAM.length());
    }

    private Map<String, Object> statement() {
        String runId = runId(stream);
        JournalSection journal = new JournalSection(RUN_STREAM + runId);
        TransactionSection transactions = new TransactionSection();
        List<Section> sections = List.of(
                journal,
                new RunSection(runId, ending),
                new InferenceSection(),
                new ToolCallSection(),
                new VerdictSection(),
                new ApprovalSection(),
                new SignatureSection(),
                transactions,
                new BundleSection());
        for (JournalEntry entry : stream) {
            RunEntry read = RunEntry.of(entry);
            sections.forEach(section -> section.take(read));
        }
        Map<String, Object> predicate = new LinkedHashMap<>();
        predicate.put("issuer", Map.of("keyId", keyId, "algorithm", ReceiptFormat.ALGORITHM));
        sections.forEach(section -> predicate.put(section.name(), section.value()));
        predicate.put("ending", ending);
        List<Object> subject = subject(RUN_STREAM + runId, journal.head(), transactions.value());
        Map<String, String> digests = ReceiptFormat.sectionDigests(subject, predicate);
        digests.put(ReceiptFormat.ROOT, ReceiptFormat.root(digests));
        predicate.put(ReceiptFormat.DIGESTS, digests);
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("_type", ReceiptFormat.STATEMENT_TYPE);
        statement.put(ReceiptFormat.SUBJECT, subject);
        statement.put("predicateType", ReceiptFormat.PREDICATE_TYPE);
        statement.put("predicate", predicate);
        return statement;
    }

    /** The head of the run's stream, and each transaction by its own hash and by that of its signed bytes. */
    private static List<Object> subject(String stream, String head, Object transactions) {
        List<Object> subject = new ArrayList<>();
        subject.add(Map.of("name", stream, "digest", Map.of("sha256", head)));
        for (Object item : (List<?>) transactions) {
            Map<?, ?> transaction = (Map<?, ?>) item;
            Map<String, Object> digest = new LinkedHashMap<>();
            digest.put("keccak256", String.valueOf(transaction.get("hash")).replaceFirst("^0x", ""));
            if (transaction.get("signedSha256") != null) {
                digest.put("sha256", transaction.get("signedSha256"));
            }
            subject.add(Map.of("name", transaction.get("chain") + "/tx/" + transaction.get("hash"), "digest", digest));
        }
        return subject;
    }
}
