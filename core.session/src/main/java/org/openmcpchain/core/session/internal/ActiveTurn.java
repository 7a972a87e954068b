/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openmcpchain.session.MessageMode;

/**
 * The run that is at work in a session.
 *
 * @param run its id
 * @param epoch the session's epoch when it began
 * @param messages what it was begun for, at least one, in the order in which it was told
 * @param steered what it was told later, in the order in which it was told
 */
record ActiveTurn(String run, int epoch, List<Waiting> messages, List<Steered> steered) {

    /**
     * A message that was handed to the run at work.
     *
     * @param signal the place of the signal in the run's stream
     */
    record Steered(Waiting message, long signal) {}

    ActiveTurn {
        messages = List.copyOf(messages);
        steered = List.copyOf(steered);
    }

    /** The same turn with one more message. */
    ActiveTurn with(Steered told) {
        List<Steered> all = new ArrayList<>(steered);
        all.add(told);
        return new ActiveTurn(run, epoch, messages, all);
    }

    /** Whether a message may be handed to the run: it steers, is for the agent, and is of one kind with the first. */
    boolean mayHear(Waiting message) {
        return message.mode() == MessageMode.STEER
                && message.command().isEmpty()
                && messages.stream().limit(1).anyMatch(first -> first.isOfOneKindWith(message));
    }

    /** Every message that the run was told, in the order in which it was told. */
    List<Waiting> told() {
        return Stream.concat(messages.stream(), steered.stream().map(Steered::message))
                .toList();
    }

    /** The place of the last signal in the run's stream, or 0. */
    long lastSignal() {
        return steered.stream().mapToLong(Steered::signal).max().orElse(0);
    }

    boolean answers(long message) {
        return messages.stream().anyMatch(waiting -> waiting.number() == message);
    }

    boolean wasSteeredBy(long message) {
        return steered.stream().anyMatch(told -> told.message().number() == message);
    }
}
