/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.Runs;

/** Asks for the run of a turn. Doing so again, after a crash too, gives the same run. Thread-safe. */
final class NewRun {

    /** How many names are tried when somebody else has taken them. */
    private static final int NAMES = 4;

    private final Runs runs;

    NewRun(Runs runs) {
        this.runs = runs;
    }

    /**
     * A run and what it is for.
     *
     * @param messages numbers of its messages: those that an earlier life of the host began it for, if there was one
     */
    record Begun(Run run, List<Long> messages) {}

    /** Errors: those of {@link Runs#submit}. */
    Begun begin(String key, NextTurn turn) {
        HostException taken = null;
        for (int attempt = 0; attempt < NAMES; attempt++) {
            try {
                return new Begun(runs.submit(request(key, turn, attempt)).run(), turn.numbers());
            } catch (HostException e) {
                if (e.code() != RunError.RUN_CLIENT_ID_CONFLICT) {
                    throw e;
                }
                Optional<Begun> ours = earlier(key, e.parameters().getOrDefault("id", ""));
                if (ours.isPresent()) {
                    return ours.get();
                }
                taken = e;
            }
        }
        throw taken;
    }

    private static RunRequest request(String key, NextTurn turn, int attempt) {
        Waiting first = turn.messages().get(0);
        return new RunRequest(
                first.principal(),
                turn.goal(),
                Optional.of(turn.clientId(key, attempt)),
                first.network(),
                Optional.of(key),
                CanonicalJson.of(Map.of("session", Map.of("key", key, "messages", turn.numbers()))));
    }

    /** A run of this session under this name, which was begun for other messages: more have gathered since. */
    private Optional<Begun> earlier(String key, String id) {
        return runs.find(id)
                .filter(run -> run.session().equals(Optional.of(key)))
                .flatMap(run -> Entry.of(run.metadata())
                        .part("session")
                        .map(session -> new Begun(run, session.numbers("messages")))
                        .filter(begun -> !begun.messages().isEmpty()));
    }
}
