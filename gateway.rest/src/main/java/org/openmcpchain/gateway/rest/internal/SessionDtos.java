/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.openmcpchain.run.Page;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.Session;
import org.openmcpchain.session.Turn;

/** Sessions as they travel. */
final class SessionDtos {

    private SessionDtos() {}

    @Schema(name = "NewSession", description = "A session to create.")
    record NewSession(
            @Schema(
                            description = "[workspace/][agent/]main, dm/<id>, group/<id> or thread/<id>.",
                            example = "desk/trader/dm/bob",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String key,
            @Schema(
                            description = "What a message does while a run is at work: STEER, FOLLOW_UP (when absent),"
                                    + " COLLECT, INTERRUPT or REFUSE.")
                    String mode) {}

    @Schema(name = "NewMessage", description = "Something that a person says.")
    record NewMessage(
            @Schema(
                            description = "1 to 4,000 characters; /new, /reset and /compact are commands.",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String text,
            @Schema(
                            description = "An id of your own, 1 to 64 of A-Z a-z 0-9 . _ : -. The same id with the same"
                                    + " text, network and mode is the same message. Idempotency-Key says the same.")
                    String clientId,
            @Schema(description = "The mode for this message; the session's when absent.") String mode,
            @Schema(description = "CAIP-2 name of the network; the host's default when absent.") String network) {}

    @Schema(name = "NewMode", description = "What a message does while a run is at work.")
    record NewMode(
            @Schema(
                            description = "STEER, FOLLOW_UP, COLLECT, INTERRUPT or REFUSE.",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String mode) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Session", description = "A session as it stands.")
    record SessionView(
            @Schema(description = "The canonical key.", example = "default/default/main") String key,
            @Schema(description = "Who created it.") String principal,
            String mode,
            @Schema(description = "The mode that holds from the next turn on.") String nextMode,
            @Schema(description = "The run that is at work.") String activeRun,
            @Schema(description = "One more after each /new and /reset.") int epoch,
            @Schema(description = "How many messages it ever got.") long messages,
            @Schema(description = "How many of them wait for a run.") int pending,
            @Schema(description = "How many runs it had.") int turns,
            int compactions,
            @Schema(description = "How many tokens its context would take now, as a rule of thumb.") int contextTokens,
            @Schema(description = "The last entry of its stream.") long seq,
            String createdAt,
            String updatedAt,
            @Schema(description = "Where to go from here.") Map<String, String> links) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SessionPage", description = "A part of the list of sessions.")
    record SessionPage(List<SessionView> items, long total, Integer nextOffset) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Accepted", description = "What became of a message.")
    record AcceptedView(
            SessionView session,
            @Schema(description = "The number of the message in its session, from 1.") long message,
            @Schema(description = "False when this is the answer to an earlier sending.") boolean created,
            @Schema(description = "STARTED, QUEUED, STEERED, INTERRUPTED or COMMAND.") String effect,
            @Schema(description = "The run that it started, steered or interrupted; absent while it waits.")
                    String run) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Turn", description = "One message, or what else happened in a session.")
    record TurnView(
            long seq,
            String at,
            @Schema(description = "message, turn, answer, compaction, reset or mode.") String kind,
            @Schema(description = "The number of the message.") Long message,
            String principal,
            @Schema(description = "What was said or answered.") String text,
            String run,
            @Schema(description = "For a turn the messages that it answers.") List<Long> messages) {

        static TurnView of(Turn turn) {
            return new TurnView(
                    turn.seq(),
                    turn.at().toString(),
                    turn.kind(),
                    turn.message() == 0 ? null : turn.message(),
                    turn.principal().orElse(null),
                    turn.text().orElse(null),
                    turn.run().orElse(null),
                    turn.messages().isEmpty() ? null : turn.messages());
        }
    }

    @Schema(name = "SessionHistory", description = "A part of what happened in a session, oldest first.")
    record History(List<TurnView> items, @Schema(description = "Send this as 'after' to go on.") long last) {}

    static SessionView of(Session session) {
        String self = ApiApplication.BASE + "/sessions/" + session.key();
        return new SessionView(
                session.key(),
                session.principal(),
                session.mode().name(),
                session.nextMode().map(Enum::name).orElse(null),
                session.activeRun().orElse(null),
                session.epoch(),
                session.messages(),
                session.pending(),
                session.turns(),
                session.compactions(),
                session.contextTokens(),
                session.seq(),
                session.createdAt().toString(),
                session.updatedAt().toString(),
                Map.of(
                        "self", self,
                        "messages", self + "/messages",
                        "history", self + "/history",
                        "events", self + "/events"));
    }

    static SessionPage of(Page<Session> page) {
        return new SessionPage(page.items().stream().map(SessionDtos::of).toList(), page.total(), TaskDtos.next(page));
    }

    static AcceptedView of(Accepted accepted) {
        return new AcceptedView(
                of(accepted.session()),
                accepted.message(),
                accepted.created(),
                accepted.effect().name(),
                accepted.run().orElse(null));
    }
}
