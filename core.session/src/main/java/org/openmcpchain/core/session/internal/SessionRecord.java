/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;
import org.openmcpchain.session.SessionKey;

/**
 * A session as its journal has made it. Immutable; {@link SessionFold} makes the next one.
 *
 * @param key its canonical key
 * @param principal who created it
 * @param mode what a message does while a run is at work
 * @param nextMode the mode that holds when the run has ended
 * @param epoch which beginning the context reaches back to
 * @param messages how many messages it ever got
 * @param turns how many runs it had
 * @param compactions how often it was compacted
 * @param waiting messages that no run has taken, by number
 * @param active the run that is at work
 * @param exchanges turns of this epoch that are not summarised, oldest first
 * @param keptTokens what summary and memory take, in tokens
 * @param seq the last entry of its stream
 * @param createdAt when it was created
 * @param updatedAt when something last happened
 */
record SessionRecord(
        String key,
        String principal,
        MessageMode mode,
        Optional<MessageMode> nextMode,
        int epoch,
        long messages,
        int turns,
        int compactions,
        List<Waiting> waiting,
        Optional<ActiveTurn> active,
        List<Exchange> exchanges,
        int keptTokens,
        long seq,
        Instant createdAt,
        Instant updatedAt) {

    SessionRecord {
        waiting = List.copyOf(waiting);
        exchanges = List.copyOf(exchanges);
    }

    /** The journal stream of a session. */
    static String stream(String key) {
        return SessionKey.parse(key).stream();
    }

    String stream() {
        return stream(key);
    }

    /** Whether somebody works, or will work, on a message. */
    boolean isBusy() {
        return active.isPresent() || !waiting.isEmpty();
    }

    /** How many messages a run may still have to be made for. */
    int open() {
        return waiting.size() + active.map(turn -> turn.steered().size()).orElse(0);
    }

    /** The message that is next: those that interrupt go first, in their order, then all others, in theirs. */
    Optional<Waiting> next() {
        Optional<Waiting> interrupting = interrupting();
        return interrupting.isPresent() ? interrupting : waiting.stream().min(Comparator.comparing(Waiting::number));
    }

    /** The first message that wants the run at work to end, or empty. */
    Optional<Waiting> interrupting() {
        return waiting.stream()
                .filter(message -> message.mode() == MessageMode.INTERRUPT)
                .min(Comparator.comparing(Waiting::number));
    }

    boolean isWaiting(long message) {
        return waiting.stream().anyMatch(each -> each.number() == message);
    }

    /** What everything takes that is not summarised, and the summary, in tokens. */
    int contextTokens() {
        return keptTokens + exchanges.stream().mapToInt(Exchange::tokens).sum();
    }

    Session toSession() {
        return new Session(
                key,
                principal,
                mode,
                nextMode,
                active.map(ActiveTurn::run),
                epoch,
                messages,
                waiting.size(),
                turns,
                compactions,
                contextTokens(),
                seq,
                createdAt,
                updatedAt);
    }
}
