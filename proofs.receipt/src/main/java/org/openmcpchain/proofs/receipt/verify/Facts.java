/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a statement says, in a few lines for people. */
final class Facts {

    private static final int LONGEST = 4_000;
    private static final String CUT = " … (cut)";

    private Facts() {}

    static Map<String, String> of(Map<?, ?> statement) {
        Map<?, ?> predicate = Tree.object(statement.get("predicate"));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", Tree.text(predicate, "run", "id"));
        facts.put("state", Tree.text(predicate, "run", "state"));
        facts.put("principal", Tree.text(predicate, "run", "principal"));
        facts.put("submittedAt", Tree.text(predicate, "run", "submittedAt"));
        facts.put("lastEntryAt", Tree.text(predicate, "run", "lastEntryAt"));
        facts.put("goalHash", Tree.text(predicate, "run", "goalHash"));
        facts.put("journalEntries", Tree.text(predicate, "journal", "entries"));
        facts.put("journalHead", Tree.text(predicate, "journal", "headHash"));
        facts.put("models", distinct(predicate.get("inferences"), "label", "model"));
        facts.put("tools", distinct(predicate.get("toolCalls"), "tool", "outcome"));
        facts.put("verdicts", distinct(predicate.get("verdicts"), "decision", "rule"));
        facts.put("transactions", distinct(predicate.get("transactions"), "hash", "state"));
        facts.put("bundles", distinct(predicate.get("bundles"), "symbolicName", "version"));
        facts.put("keyId", Tree.text(predicate, "issuer", "keyId"));
        facts.values().removeIf(String::isEmpty);
        facts.replaceAll((name, value) -> printable(value));
        return facts;
    }

    private static String distinct(Object section, String first, String second) {
        List<?> records = Tree.list(section);
        return records.stream()
                .map(item -> (Tree.text(item, first) + " " + Tree.text(item, second)).strip())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** A receipt may come from anybody; it must not be able to steer a terminal, or to fill it. A cut is marked. */
    private static String printable(String text) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}]", "\ufffd");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + CUT;
    }
}
