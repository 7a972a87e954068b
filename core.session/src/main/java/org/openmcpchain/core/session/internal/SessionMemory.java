/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.proof.CanonicalJson;

/**
 * What a session keeps of what it does not look back upon any more.
 *
 * @param summary what was said in the older part of this epoch, or empty
 * @param facts what is to be kept in mind, oldest first
 */
record SessionMemory(String summary, List<String> facts) {

    static final String COLLECTION = "session-memory";

    /** Nothing. */
    static final SessionMemory EMPTY = new SessionMemory("", List.of());

    /** How many facts are kept. */
    static final int MAX_FACTS = 50;

    SessionMemory {
        facts = List.copyOf(facts);
    }

    /** Error: {@code JOURNAL_BROKEN}. */
    static SessionMemory read(StoredDocument document) {
        Entry body = Entry.of(document.body());
        return new SessionMemory(body.text("summary"), body.texts("facts"));
    }

    StoredDocument document(String key, Instant at) {
        return new StoredDocument(COLLECTION, key, CanonicalJson.of(Map.of("summary", summary, "facts", facts)), at);
    }

    /** With a new summary and more facts; the oldest make room, and what is known already is not repeated. */
    SessionMemory with(String newSummary, List<String> newFacts) {
        Set<String> all = new LinkedHashSet<>(facts);
        newFacts.forEach(fact -> {
            all.remove(fact);
            all.add(fact);
        });
        List<String> list = new ArrayList<>(all);
        return new SessionMemory(newSummary, list.subList(Math.max(0, list.size() - MAX_FACTS), list.size()));
    }

    /** The facts as a list in Markdown, or empty. */
    String factList() {
        StringBuilder text = new StringBuilder();
        facts.forEach(fact -> text.append("- ").append(fact).append('\n'));
        return text.toString().stripTrailing();
    }

    /** How many tokens it takes in a context. */
    int tokens() {
        return Tokens.of(summary) + Tokens.of(factList());
    }
}
