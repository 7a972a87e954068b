/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;

/**
 * What people tell a run while it is at work. Words are handed on in their order and none is left out; of several values
 * for one parameter the latest counts. Which signals a round has heard is journaled with the round, so that a continued run
 * hears the same at the same place. Not thread-safe.
 */
final class Steering {

    private static final String MAX_ROUNDS = "maxRounds";
    private static final String PROVIDER = "inferenceProvider";
    private static final String ANSWER = "answer";

    private final RunSession session;
    private final List<Signal> signals = new ArrayList<>();
    private long read;
    private int heard;

    Steering(RunSession session) {
        this.session = session;
        session.history().forEach(this::read);
    }

    /** Looks for signals that have come since. */
    void listen() {
        session.since(read).forEach(this::read);
    }

    /** The place of the last signal that is there in the run's stream, or 0. */
    long last() {
        return signals.isEmpty() ? 0 : signals.get(signals.size() - 1).seq();
    }

    /** Whether something was said that no round has heard. */
    boolean hasWords() {
        return signals.subList(heard, signals.size()).stream().anyMatch(Signal::hasWords);
    }

    /**
     * What was said up to a place in the stream and was not heard before, in its order; of several answers only the last.
     * With this it is heard.
     */
    List<UserMessage> hear(long seq) {
        List<Signal> fresh = signals.subList(heard, signals.size()).stream()
                .filter(signal -> signal.seq() <= seq)
                .toList();
        heard += fresh.size();
        List<String> words = new ArrayList<>();
        fresh.stream().map(Signal::text).forEach(words::add);
        latest(fresh, ANSWER).ifPresent(words::add);
        return words.stream()
                .filter(Predicate.not(String::isBlank))
                .map(Texts::wellFormed)
                .map(UserMessage::from)
                .toList();
    }

    /** How many rounds the run may take, if somebody said so. */
    Optional<Integer> maxRounds() {
        return latest(signals.subList(0, heard), MAX_ROUNDS).map(Integer::valueOf);
    }

    /** Which inference provider is to be asked, if somebody said so. */
    Optional<String> provider() {
        return latest(signals.subList(0, heard), PROVIDER);
    }

    private static Optional<String> latest(List<Signal> some, String parameter) {
        return some.stream()
                .flatMap(signal -> signal.parameter(parameter).stream())
                .reduce((earlier, later) -> later);
    }

    private void read(JournalEntry entry) {
        read = entry.seq();
        if (entry.type().equals(EntryTypes.RUN_STEERED)) {
            JsonNode body = RunHistory.body(entry);
            signals.add(new Signal(entry.seq(), body.path("text").asText(""), body.path("parameters")));
        }
    }

    private record Signal(long seq, String text, JsonNode parameters) {

        Optional<String> parameter(String name) {
            return Optional.ofNullable(parameters.path(name).asText(null)).filter(Predicate.not(String::isBlank));
        }

        boolean hasWords() {
            return !text.isBlank() || parameter(ANSWER).isPresent();
        }
    }
}
