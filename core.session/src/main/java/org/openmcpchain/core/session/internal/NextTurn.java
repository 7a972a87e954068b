/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.session.MessageMode;

/**
 * What the next run is told.
 *
 * @param messages which messages it is for, in their order, at least one
 * @param goal the words: those of the one message, or each message behind its number
 */
record NextTurn(List<Waiting> messages, String goal) {

    /** The longest goal of a run. */
    static final int MAX_GOAL = 4_000;

    private static final int CLIENT_ID_LENGTH = 40;

    NextTurn {
        messages = List.copyOf(messages);
    }

    /**
     * The next turn of a session. Messages are put together only where all of them are to be collected, stand side by side,
     * come from one person and are about one network, and only as many as fit into a goal.
     *
     * @param words the words of a message
     */
    static NextTurn of(SessionRecord session, Waiting first, Function<Waiting, String> words) {
        String alone = words.apply(first);
        if (first.mode() != MessageMode.COLLECT) {
            return new NextTurn(List.of(first), alone);
        }
        List<Waiting> together = new ArrayList<>(List.of(first));
        StringBuilder goal = new StringBuilder(line(first, alone));
        for (Waiting message : behind(session, first)) {
            if (message.mode() != MessageMode.COLLECT
                    || message.command().isPresent()
                    || !message.isOfOneKindWith(first)) {
                break;
            }
            String line = '\n' + line(message, words.apply(message));
            if (goal.length() + line.length() > MAX_GOAL) {
                break;
            }
            goal.append(line);
            together.add(message);
        }
        return new NextTurn(together, together.size() == 1 ? alone : goal.toString());
    }

    private static List<Waiting> behind(SessionRecord session, Waiting first) {
        return session.waiting().stream()
                .filter(message -> message.number() > first.number())
                .sorted(Comparator.comparing(Waiting::number))
                .toList();
    }

    private static String line(Waiting message, String words) {
        return "[" + message.number() + "] " + words;
    }

    /**
     * What the run is called, so that asking for it again after a crash gives the same run.
     *
     * @param attempt 0 at first; more if somebody else has used the name
     */
    String clientId(String key, int attempt) {
        long number = messages.get(0).number();
        return "s-" + Digests.sha256(key + "\n" + number + "\n" + attempt).substring(0, CLIENT_ID_LENGTH);
    }

    List<Long> numbers() {
        return messages.stream().map(Waiting::number).toList();
    }
}
