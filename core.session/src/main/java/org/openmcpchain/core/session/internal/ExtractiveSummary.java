/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A summary of words that were really said: for each turn who asked what, how it ended, and the transactions in full. It is
 * made without a model, so it is the same each time and invents nothing; it also understands nothing.
 */
final class ExtractiveSummary implements Summary {

    private static final int MAX_SUMMARY = 4_000;
    private static final int MAX_ASKED = 200;
    private static final int MAX_ANSWER = 280;
    private static final int MAX_FACT = 300;
    private static final String LEFT_OUT = "- (older turns are left out here; the journal has them)";

    /** Sentences that people say so that they are not forgotten. */
    private static final Pattern DURABLE = Pattern.compile(
            "\\b(remember|note that|keep in mind|from now on|always|never|i prefer|my (\\w+ ){1,4}is)\\b",
            Pattern.CASE_INSENSITIVE);

    @Override
    public Written of(String before, List<SpokenTurn> turns) {
        Deque<String> lines = new ArrayDeque<>();
        before.lines().filter(line -> !line.equals(LEFT_OUT)).forEach(lines::add);
        boolean shortened = before.startsWith(LEFT_OUT);
        List<String> facts = new ArrayList<>();
        for (SpokenTurn turn : turns) {
            lines.add(line(turn));
            facts.addAll(facts(turn));
        }
        int length = lines.stream().mapToInt(line -> line.length() + 1).sum();
        while (length + LEFT_OUT.length() > MAX_SUMMARY && lines.size() > 1) {
            length -= lines.removeFirst().length() + 1;
            shortened = true;
        }
        if (shortened) {
            lines.addFirst(LEFT_OUT);
        }
        int forgotten = Math.max(0, facts.size() - SessionMemory.MAX_FACTS);
        return new Written(String.join("\n", lines), facts.subList(forgotten, facts.size()));
    }

    private static String line(SpokenTurn turn) {
        StringBuilder line = new StringBuilder(turn.succeeded() ? "- " : "- (open) ");
        for (SpokenTurn.Said said : turn.said()) {
            line.append(said.principal()).append(" said: \"");
            line.append(
                    Excerpt.of(said.text(), Math.max(20, MAX_ASKED / turn.said().size())));
            line.append("\" ");
        }
        line.append("-> ").append(Excerpt.of(turn.outcome(), MAX_ANSWER));
        for (SpokenTurn.Sent sent : turn.transactions()) {
            line.append(" [")
                    .append(sent.hash())
                    .append(' ')
                    .append(sent.state())
                    .append(']');
        }
        return Excerpt.of(line.toString(), MAX_SUMMARY / 2);
    }

    private static List<String> facts(SpokenTurn turn) {
        List<String> facts = new ArrayList<>();
        for (SpokenTurn.Said said : turn.said()) {
            if (DURABLE.matcher(said.text()).find()) {
                facts.add(Excerpt.of(said.principal() + " said: " + said.text(), MAX_FACT));
            }
        }
        for (SpokenTurn.Sent sent : turn.transactions()) {
            facts.add(Excerpt.of(
                    "transaction " + sent.hash() + " " + sent.state() + ": " + sent.description(), MAX_FACT));
        }
        return facts;
    }
}
