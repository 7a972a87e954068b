/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.Accepted.Effect;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;

/** Where messages come in: each is refused, known already, or written, and its sender is told what becomes of it. */
final class Reception {

    private final SessionSettings settings;
    private final SessionJournal journal;
    private final SessionWriter writer;
    private final SessionLanes lanes;
    private final Progress progress;
    private final MessageCheck check;

    Reception(
            SessionSettings settings,
            SessionJournal journal,
            SessionWriter writer,
            SessionLanes lanes,
            Progress progress,
            MessageCheck check) {
        this.settings = settings;
        this.journal = journal;
        this.writer = writer;
        this.lanes = lanes;
        this.progress = progress;
        this.check = check;
    }

    /** The session, which is there and is known from now on: an earlier try may have made it without learning so. */
    SessionRecord ensure(SessionLane lane, MessageMode mode, String principal) {
        SessionRecord record = lane.record(journal).orElseGet(() -> begin(lane, mode, principal));
        lanes.add(lane.key());
        return record;
    }

    private SessionRecord begin(SessionLane lane, MessageMode mode, String principal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", lane.key());
        body.put("principal", principal);
        body.put("mode", mode);
        return writer.begin(lane, body);
    }

    /**
     * Takes a message in.
     *
     * <p>Errors: {@code IDEMPOTENCY_CONFLICT}, {@code SESSION_BUSY}, {@code SESSION_QUEUE_FULL}, {@code CHAIN_UNKNOWN}.
     */
    Accepted take(SessionLane lane, Message message) {
        Optional<KnownMessage> known = KnownMessage.find(journal, lane.key(), message);
        if (known.isEmpty()) {
            check.network(message);
        }
        ensure(lane, settings.defaultMode(), message.principal());
        progress.advance(lane);
        return known.map(before -> accepted(lane.present(journal), before, false, Effect.STARTED))
                .orElseGet(() -> admit(lane, message));
    }

    private Accepted admit(SessionLane lane, Message message) {
        SessionRecord before = lane.present(journal);
        MessageMode mode = message.mode().orElse(before.mode());
        refuseIfBusy(before, mode);
        KnownMessage written = write(lane, before, message, mode);
        progress.steer(lane, written.number(), message.text());
        progress.advance(lane);
        Effect otherwise = Command.of(message.text()).isPresent() ? Effect.COMMAND : Effect.STARTED;
        Accepted accepted = accepted(lane.present(journal), written, true, otherwise);
        boolean interrupts = mode == MessageMode.INTERRUPT && accepted.effect() == Effect.QUEUED;
        return before.active()
                .filter(turn -> interrupts)
                .map(turn -> new Accepted(
                        accepted.session(), written.number(), true, Effect.INTERRUPTED, Optional.of(turn.run())))
                .orElse(accepted);
    }

    private void refuseIfBusy(SessionRecord record, MessageMode mode) {
        if (mode == MessageMode.REFUSE && record.isBusy()) {
            throw HostException.of(
                    RunError.SESSION_BUSY,
                    "key",
                    record.key(),
                    "run",
                    record.active().map(ActiveTurn::run).orElse("none yet"));
        }
        if (record.open() >= settings.pendingLimit()) {
            throw HostException.of(RunError.SESSION_QUEUE_FULL, "key", record.key(), "limit", settings.pendingLimit());
        }
    }

    private KnownMessage write(SessionLane lane, SessionRecord record, Message message, MessageMode mode) {
        long number = record.messages() + 1;
        long seq = record.seq() + 1;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", number);
        body.put("principal", message.principal());
        body.put("text", message.text());
        body.put("clientId", message.clientId().orElse(null));
        body.put("mode", mode);
        body.put("network", message.network().orElse(null));
        List<StoreChange> rows = message.clientId()
                .map(id -> List.<StoreChange>of(
                        new DocumentSaved(KnownMessage.document(lane.key(), message, number, seq, journal.now()))))
                .orElse(List.of());
        writer.write(lane, EntryTypes.SESSION_MESSAGE, body, rows);
        return new KnownMessage(number, seq);
    }

    /** @param otherwise what became of it when it neither waits nor belongs to the run at work */
    private Accepted accepted(SessionRecord record, KnownMessage message, boolean created, Effect otherwise) {
        long number = message.number();
        Optional<ActiveTurn> active = record.active();
        Session session = record.toSession();
        if (record.isWaiting(number)) {
            return new Accepted(session, number, created, Effect.QUEUED, Optional.empty());
        }
        if (active.filter(turn -> turn.wasSteeredBy(number)).isPresent()) {
            return new Accepted(session, number, created, Effect.STEERED, active.map(ActiveTurn::run));
        }
        if (active.filter(turn -> turn.answers(number)).isPresent()) {
            return new Accepted(session, number, created, Effect.STARTED, active.map(ActiveTurn::run));
        }
        return new Accepted(
                session,
                number,
                created,
                otherwise,
                otherwise == Effect.COMMAND ? Optional.empty() : History.runOf(journal, record.key(), message));
    }
}
