/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A turn with its words, read from the journal.
 *
 * @param run its run
 * @param said what people said, in the order in which the run was told
 * @param answer what the agent answered, or what went wrong, or empty
 * @param state how the run ended
 * @param code why it did not reach its goal, or empty
 * @param transactions what it sent
 */
record SpokenTurn(
        String run, List<Said> said, String answer, String state, Optional<String> code, List<Sent> transactions) {

    /** What one person said. */
    record Said(long message, String principal, String text) {}

    /** A transaction. */
    record Sent(String hash, String state, String description) {}

    /** Error: {@code JOURNAL_BROKEN}. */
    static SpokenTurn read(SessionJournal journal, String key, Exchange exchange) {
        List<Said> said = new ArrayList<>();
        for (long seq : exchange.messages()) {
            Entry body = journal.entry(key, seq);
            said.add(new Said(body.number("message"), body.text("principal"), body.text("text")));
        }
        Entry answer = journal.entry(key, exchange.answer());
        return new SpokenTurn(
                exchange.run(),
                List.copyOf(said),
                answer.optional("answer").orElse(""),
                answer.text("state"),
                answer.optional("code"),
                answer.list("transactions").stream()
                        .map(sent -> new Sent(sent.text("hash"), sent.text("state"), sent.text("description")))
                        .toList());
    }

    /** Whether the goal was reached. */
    boolean succeeded() {
        return state.equals("SUCCEEDED");
    }

    /** The answer as a model should read it: what failed says so. */
    String outcome() {
        return succeeded() ? answer : state + code.map(reason -> " " + reason).orElse("") + ": " + answer;
    }
}
