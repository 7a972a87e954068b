/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a session on: a run that has ended is answered, and the next message gets its turn. Everything that it does follows
 * from the session's record, so doing it again after a crash comes to the same. Whoever calls holds the lane.
 */
final class SessionDriver {

    private static final Logger LOG = LoggerFactory.getLogger(SessionDriver.class);

    private final SessionWriter writer;
    private final Runs runs;
    private final NewRun newRun;
    private final Steering steering;
    private final Compaction compaction;
    private final RunWatch watch;
    private final Duration patience;
    private final Consumer<SessionLane> wake;
    private final Consumer<Runnable> background;

    /**
     * @param wake has a lane moved on soon
     * @param background runs something that may take seconds, without the lane
     */
    SessionDriver(
            SessionWriter writer,
            Runs runs,
            Steering steering,
            Compaction compaction,
            RunWatch watch,
            Duration patience,
            Consumer<SessionLane> wake,
            Consumer<Runnable> background) {
        this.writer = writer;
        this.runs = runs;
        this.newRun = new NewRun(runs);
        this.steering = steering;
        this.compaction = compaction;
        this.watch = watch;
        this.patience = patience;
        this.wake = wake;
        this.background = background;
    }

    /** Goes on until the session waits for a run or for a message. */
    void advance(SessionLane lane) {
        boolean more = true;
        while (more) {
            SessionRecord record = lane.present(writer.journal());
            Optional<ActiveTurn> active = record.active();
            more = active.isPresent() ? attend(lane, record, active.get()) : takeNext(lane, record);
        }
        lane.succeeded();
    }

    /** Looks after the run at work. True: it has ended. */
    private boolean attend(SessionLane lane, SessionRecord record, ActiveTurn turn) {
        if (!lane.hasLooked()) {
            boolean noted = noteSteered(lane, record, turn);
            lane.looked();
            if (noted) {
                return true;
            }
        }
        Optional<Run> run = runs.find(turn.run());
        if (run.map(Run::state).map(state -> state.isTerminal()).orElse(true)) {
            end(lane, turn, run);
            return true;
        }
        watch.watch(turn.run(), () -> wake.accept(lane));
        record.interrupting()
                .filter(message -> lane.mayCancel(turn.run()))
                .ifPresent(message -> background.accept(() -> cancel(lane, turn.run(), message)));
        return false;
    }

    private void end(SessionLane lane, ActiveTurn turn, Optional<Run> run) {
        List<Long> returned = List.of();
        if (!turn.steered().isEmpty()) {
            long taken = steering.lastTaken(turn.run());
            returned = turn.steered().stream()
                    .filter(told -> told.signal() > taken)
                    .map(told -> told.message().number())
                    .toList();
        }
        writer.write(lane, EntryTypes.SESSION_ANSWER, TurnEnd.of(turn, run, returned));
        compaction.compactIfLong(lane);
    }

    /**
     * A host that died between a signal and the entry about it, or a write that failed there, left one message that the run
     * has been told and that still waits. True: there was one.
     */
    private boolean noteSteered(SessionLane lane, SessionRecord record, ActiveTurn turn) {
        boolean noted = false;
        for (Waiting message : record.waiting()) {
            if (turn.mayHear(message) && !noted) {
                String text = writer.journal().entry(lane.key(), message.seq()).text("text");
                OptionalLong sent = steering.sentBefore(turn.run(), turn.lastSignal(), message.principal(), text);
                sent.ifPresent(signal -> steered(lane, turn.run(), message, signal));
                noted = sent.isPresent();
            }
        }
        return noted;
    }

    /** Hands a message to the run at work, if there is one that may be told. */
    void steer(SessionLane lane, Waiting message, String text) {
        Optional<ActiveTurn> active = lane.present(writer.journal()).active();
        active.filter(turn -> turn.mayHear(message)).map(ActiveTurn::run).ifPresent(run -> {
            OptionalLong signal = steering.hand(run, message.principal(), text);
            signal.ifPresent(seq -> steered(lane, run, message, seq));
        });
    }

    private void steered(SessionLane lane, String run, Waiting message, long signal) {
        Map<String, Object> body = turn(SessionFold.HOW_STEERED, run, List.of(message.number()));
        body.put("signal", signal);
        writer.write(lane, EntryTypes.SESSION_TURN, body);
    }

    /** Off the lane: the engine waits some seconds for a step to end. */
    private void cancel(SessionLane lane, String run, Waiting message) {
        try {
            runs.cancel(run, message.principal(), "interrupted by message " + message.number());
        } catch (HostException e) {
            if (e.code() != RunError.RUN_TRANSITION_ILLEGAL && e.code() != RunError.RUN_UNKNOWN) {
                LOG.warn("Run {} could not be interrupted; it is tried again", run, e);
                lane.cancelFailed();
            }
        }
        wake.accept(lane);
    }

    /** Gives the next message its turn. False: there is none. */
    private boolean takeNext(SessionLane lane, SessionRecord record) {
        Optional<Waiting> next = record.next();
        if (next.isEmpty()) {
            return false;
        }
        Waiting first = next.get();
        if (first.command().isPresent()) {
            carryOut(lane, first, first.command().get());
        } else {
            begin(lane, record, first);
        }
        return true;
    }

    private void carryOut(SessionLane lane, Waiting message, Command command) {
        if (command == Command.COMPACT) {
            compaction.compactNow(lane, message.principal(), message.number());
        } else {
            compaction.reset(lane, message.principal(), command, message.number());
        }
    }

    private void begin(SessionLane lane, SessionRecord record, Waiting first) {
        NextTurn turn = NextTurn.of(record, first, message -> writer.journal()
                .entry(lane.key(), message.seq())
                .text("text"));
        NewRun.Begun begun;
        try {
            begun = newRun.begin(lane.key(), turn);
        } catch (HostException e) {
            if (isToBeTriedAgain(lane, first, e)) {
                throw e;
            }
            LOG.warn("Messages {} of session {} got no run", turn.numbers(), lane.key(), e);
            writer.write(lane, EntryTypes.SESSION_ANSWER, TurnEnd.refused(turn.numbers(), e));
            return;
        }
        writer.write(
                lane,
                EntryTypes.SESSION_TURN,
                turn(SessionFold.HOW_RUN, begun.run().id(), begun.messages()));
    }

    /** While the journal is away nobody knows whether there is a run, so that is no refusal and takes no patience. */
    private boolean isToBeTriedAgain(SessionLane lane, Waiting first, HostException failure) {
        if (failure.code() == JournalError.JOURNAL_UNAVAILABLE) {
            return true;
        }
        return mayPass(failure)
                && lane.refusedFor(first.number(), writer.journal().now()).compareTo(patience) <= 0;
    }

    /** A network that is away may come back: it starts after the sessions do. */
    private static boolean mayPass(HostException refusal) {
        return refusal.code().retryable() || refusal.code() == ChainError.CHAIN_UNKNOWN;
    }

    private static Map<String, Object> turn(String how, String run, List<Long> messages) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("how", how);
        body.put("run", run);
        body.put("messages", messages);
        return body;
    }
}
