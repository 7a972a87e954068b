/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import static org.openmcpchain.proofs.receipt.verify.PayloadRules.PAYLOAD;
import static org.openmcpchain.proofs.receipt.verify.PayloadRules.PREDICATE;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;

/**
 * Whether the sections of a statement say the same thing: nothing of the journal may be missing in the sections, and
 * nothing in the sections may be without an entry of the journal.
 */
final class AgreementRules {

    private static final String HASH = "[0-9a-f]{64}";

    /** Sections whose records name their entries, and how the types of these begin. */
    private static final Map<String, String> RECORDS = Map.of(
            "inferences", "inference.",
            "toolCalls", "tool.",
            "verdicts", "gate.",
            "approvals", "approval.",
            "signatures", "message.",
            "transactions", "tx.");

    private final Findings findings;
    private final Map<?, ?> statement;
    private final Map<?, ?> predicate;
    private final List<?> entries;

    AgreementRules(Findings findings, Map<?, ?> statement) {
        this.findings = findings;
        this.statement = statement;
        this.predicate = Tree.object(statement.get("predicate"));
        this.entries = Tree.list(Tree.object(predicate.get("journal")).get("list"));
    }

    /** @param at the time at which the receipt must not be from the future */
    void check(Instant at) {
        int before = findings.failures();
        checkJournal();
        checkSubject();
        checkReferences();
        checkBundles();
        checkRun(at);
        findings.require(
                ReceiptFormat.ALGORITHM.equals(Tree.text(predicate, "issuer", "algorithm")),
                PREDICATE + "issuer",
                "the algorithm is another one");
        if (findings.failures() == before) {
            findings.passed(
                    PAYLOAD + "agreement", "sections, subject and " + entries.size() + " journal entries agree");
        }
    }

    private void checkJournal() {
        boolean whole = !entries.isEmpty()
                && Tree.text(predicate, "journal", "entries").equals(Integer.toString(entries.size()));
        for (int i = 0; i < entries.size(); i++) {
            Object entry = entries.get(i);
            whole &= Tree.text(entry, "seq").equals(Integer.toString(i + 1))
                    && Tree.text(entry, "hash").matches(HASH)
                    && time(Tree.text(entry, "at")) != null
                    && !Tree.text(entry, "type").isEmpty();
        }
        findings.require(whole, PREDICATE + "journal", "its entries are not numbered from 1 on, or one has no hash");
        findings.require(
                Tree.text(first(), "hash").equals(Tree.text(predicate, "journal", "firstHash"))
                        && Tree.text(last(), "hash").equals(Tree.text(predicate, "journal", "headHash")),
                PREDICATE + "journal",
                "its first or last hash is not that of the entry");
    }

    private void checkSubject() {
        List<Object> expected = new ArrayList<>();
        String stream = Tree.text(predicate, "journal", "stream");
        expected.add(Map.of("name", stream, "digest", Map.of("sha256", Tree.text(predicate, "journal", "headHash"))));
        for (Object transaction : Tree.list(predicate.get("transactions"))) {
            String hash = Tree.text(transaction, "hash");
            Map<String, String> digest = new HashMap<>();
            digest.put("keccak256", hash.replaceFirst("^0x", ""));
            if (!Tree.text(transaction, "signedSha256").isEmpty()) {
                digest.put("sha256", Tree.text(transaction, "signedSha256"));
            }
            String chain = String.valueOf(Tree.object(transaction).get("chain"));
            expected.add(Map.of("name", chain + "/tx/" + hash, "digest", digest));
        }
        findings.require(
                expected.equals(statement.get("subject")),
                PAYLOAD + "subject",
                "it is not the journal's head and the transactions");
        findings.require(
                stream.equals("run/" + Tree.text(predicate, "run", "id")),
                PREDICATE + "run",
                "the journal is that of another run");
    }

    private void checkReferences() {
        Map<String, List<String>> named = new HashMap<>();
        RECORDS.forEach((section, prefix) -> {
            List<String> references = named.computeIfAbsent(section, name -> new ArrayList<>());
            Tree.list(predicate.get(section)).forEach(record -> references.addAll(references(record)));
        });
        named.put("run", references(predicate.get("run")));
        named.forEach((section, references) -> {
            String prefix = RECORDS.getOrDefault(section, "run.");
            List<String> expected = entries.stream()
                    .filter(entry -> Tree.text(entry, "type").startsWith(prefix))
                    .map(entry -> Tree.text(entry, "seq"))
                    .sorted()
                    .toList();
            findings.require(
                    expected.equals(references.stream().sorted().toList()),
                    PREDICATE + section,
                    "it does not speak of each journal entry of its kind exactly once");
        });
    }

    private static List<String> references(Object section) {
        return Tree.list(Tree.object(section).get("entries")).stream()
                .map(Tree::text)
                .toList();
    }

    private void checkBundles() {
        List<?> bundles = Tree.list(predicate.get("bundles"));
        List<String> keys = bundles.stream()
                .map(bundle -> Tree.text(bundle, "symbolicName") + "\n" + Tree.text(bundle, "version") + "\n"
                        + Tree.text(bundle, "sha256"))
                .toList();
        findings.require(
                keys.equals(keys.stream().sorted().distinct().toList()),
                PREDICATE + "bundles",
                "they are not in order, or one is there twice");
        boolean known = RECORDS.keySet().stream()
                .flatMap(section -> Tree.list(predicate.get(section)).stream())
                .map(record -> Tree.object(record).get("bundle"))
                .filter(Objects::nonNull)
                .allMatch(bundles::contains);
        findings.require(known, PREDICATE + "bundles", "one that took part is missing");
    }

    private void checkRun(Instant at) {
        Object run = predicate.get("run");
        Object ending = predicate.get("ending");
        findings.require(
                Tree.text(run, "state").equals(Tree.text(ending, "state"))
                        && Tree.text(run, "outcome").equals(Tree.text(ending, "outcome")),
                PREDICATE + "run",
                "it ended otherwise than its ending says");
        Instant lastEntry = time(Tree.text(run, "lastEntryAt"));
        findings.require(
                lastEntry != null && Tree.text(run, "lastEntryAt").equals(Tree.text(last(), "at")),
                PREDICATE + "run",
                "its last entry is not that of the journal");
        findings.require(
                lastEntry == null || !lastEntry.isAfter(at), PREDICATE + "run", "it is from the future: " + lastEntry);
    }

    private Object first() {
        return entries.isEmpty() ? Map.of() : entries.get(0);
    }

    private Object last() {
        return entries.isEmpty() ? Map.of() : entries.get(entries.size() - 1);
    }

    /** A time, or null when the text is none. */
    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
