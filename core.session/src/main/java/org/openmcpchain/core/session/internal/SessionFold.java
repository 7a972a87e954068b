/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.session.MessageMode;

/**
 * What entries of a session's stream make of a session. The same entries make the same session: the document that is
 * stored beside the stream is this and nothing else. For one use by one thread.
 */
final class SessionFold {

    /** What a turn was: one message, or several that had gathered. */
    static final String HOW_RUN = "run";

    static final String HOW_STEERED = "steered";

    /** More turns than this are not looked back upon; they are summarised long before. */
    private static final int MAX_EXCHANGES = 64;

    /** What one answer counts at most: a context shows no more of it. */
    static final int ANSWER_LENGTH = 4_000;

    private String key;
    private String principal;
    private MessageMode mode;
    private Optional<MessageMode> nextMode = Optional.empty();
    private int epoch = 1;
    private long messages;
    private int turns;
    private int compactions;
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<ActiveTurn> active = Optional.empty();
    private final List<Exchange> exchanges = new ArrayList<>();
    private int keptTokens;
    private long seq;
    private Instant createdAt;
    private Instant updatedAt;

    /** Begins before the first entry. */
    SessionFold() {}

    /** Goes on from here. */
    SessionFold(SessionRecord record) {
        key = record.key();
        principal = record.principal();
        mode = record.mode();
        nextMode = record.nextMode();
        epoch = record.epoch();
        messages = record.messages();
        turns = record.turns();
        compactions = record.compactions();
        waiting.addAll(record.waiting());
        active = record.active();
        exchanges.addAll(record.exchanges());
        keptTokens = record.keptTokens();
        seq = record.seq();
        createdAt = record.createdAt();
        updatedAt = record.updatedAt();
    }

    /** The next entry of the stream. Error: {@code JOURNAL_BROKEN}. */
    SessionFold apply(String type, Entry body, Instant at) {
        seq++;
        updatedAt = at;
        switch (type) {
            case EntryTypes.SESSION_CREATED -> created(body, at);
            case EntryTypes.SESSION_MESSAGE -> message(body);
            case EntryTypes.SESSION_TURN -> turn(body);
            case EntryTypes.SESSION_ANSWER -> answer(body);
            case EntryTypes.SESSION_COMPACTED -> compacted(body);
            case EntryTypes.SESSION_RESET -> reset(body);
            case EntryTypes.SESSION_MODE -> mode(body);
            default -> {
                // A later version may know more kinds of entries; the place is counted all the same.
            }
        }
        return this;
    }

    SessionRecord record() {
        return new SessionRecord(
                key,
                principal,
                mode,
                nextMode,
                epoch,
                messages,
                turns,
                compactions,
                waiting,
                active,
                exchanges,
                keptTokens,
                seq,
                createdAt,
                updatedAt);
    }

    private void created(Entry body, Instant at) {
        key = body.text("key");
        principal = body.text("principal");
        mode = body.word(MessageMode.class, "mode");
        createdAt = at;
    }

    private void message(Entry body) {
        // A number that came twice, because a write was wrongly given up for lost, still makes two messages.
        messages = Math.max(messages + 1, body.number("message"));
        String text = body.text("text");
        waiting.add(new Waiting(
                messages,
                seq,
                body.word(MessageMode.class, "mode"),
                body.text("principal"),
                body.optional("network"),
                Command.of(text),
                text.length()));
    }

    private void turn(Entry body) {
        List<Waiting> taken = take(body.numbers("messages"));
        String run = body.text("run");
        if (body.text("how").equals(HOW_STEERED)) {
            long signal = body.number("signal");
            for (Waiting message : taken) {
                active = active.map(turn -> turn.with(new ActiveTurn.Steered(message, signal)));
            }
        } else {
            active = Optional.of(new ActiveTurn(run, epoch, taken, List.of()));
            turns++;
        }
    }

    private void answer(Entry body) {
        List<Long> returned = body.numbers("returned");
        take(body.numbers("messages"));
        active.ifPresent(turn -> {
            List<Waiting> answered = turn.told().stream()
                    .filter(message -> !returned.contains(message.number()))
                    .toList();
            turn.steered().stream()
                    .map(ActiveTurn.Steered::message)
                    .filter(message -> returned.contains(message.number()))
                    .forEach(message -> waiting.add(message.asFollowUp()));
            remember(turn, answered, body.optional("answer").orElse("").length());
        });
        waiting.sort(Comparator.comparing(Waiting::number));
        active = Optional.empty();
        mode = nextMode.orElse(mode);
        nextMode = Optional.empty();
    }

    /** A turn that began before the context was cleared is no part of the new one. */
    private void remember(ActiveTurn turn, List<Waiting> answered, int answerLength) {
        if (turn.epoch() == epoch) {
            int length = Math.min(ANSWER_LENGTH, answerLength)
                    + answered.stream().mapToInt(Waiting::length).sum();
            exchanges.add(
                    new Exchange(turn.run(), answered.stream().map(Waiting::seq).toList(), seq, length));
        }
        if (exchanges.size() > MAX_EXCHANGES) {
            exchanges.remove(0);
        }
    }

    private void compacted(Entry body) {
        takeCommand(body);
        long through = body.number("through");
        exchanges.removeIf(exchange -> exchange.answer() <= through);
        keptTokens = body.size("kept");
        compactions++;
    }

    private void reset(Entry body) {
        takeCommand(body);
        exchanges.clear();
        keptTokens = body.size("kept");
        epoch++;
    }

    private void takeCommand(Entry body) {
        long message = body.number("message", 0);
        waiting.removeIf(each -> each.number() == message);
    }

    private void mode(Entry body) {
        MessageMode wanted = body.word(MessageMode.class, "mode");
        if (isBusy()) {
            nextMode = Optional.of(wanted);
        } else {
            mode = wanted;
            nextMode = Optional.empty();
        }
    }

    private boolean isBusy() {
        return active.isPresent() || !waiting.isEmpty();
    }

    /** In the order of the numbers, which is the order in which the run was told. */
    private List<Waiting> take(List<Long> numbers) {
        Map<Long, Waiting> found = new HashMap<>();
        waiting.removeIf(message -> numbers.contains(message.number()) && found.put(message.number(), message) == null);
        return numbers.stream().filter(found::containsKey).map(found::get).toList();
    }
}
