/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.journal.EntryTypes;

/**
 * Replaces the older part of a context by a summary, after what is to be kept in mind went to the session's memory. The
 * journal keeps every word. Whoever calls holds the lane.
 */
final class Compaction {

    private static final int MOST_TURNS = 40;

    private final SessionWriter writer;
    private final Summary summary;
    private final int compactAt;
    private final int keptTurns;

    /**
     * @param compactAt tokens above which a context is compacted by itself, or 0 for never
     * @param keptTurns how many turns are left as they are then
     */
    Compaction(SessionWriter writer, Summary summary, int compactAt, int keptTurns) {
        this.writer = writer;
        this.summary = summary;
        this.compactAt = compactAt;
        this.keptTurns = keptTurns;
    }

    /** Compacts what has become too long. */
    void compactIfLong(SessionLane lane) {
        SessionRecord record = lane.present(writer.journal());
        int turns = record.exchanges().size();
        boolean isLong = record.contextTokens() > compactAt || turns > MOST_TURNS;
        if (compactAt > 0 && isLong && turns > keptTurns) {
            compact(lane, record, turns - keptTurns, body("automatic", record.principal()));
        }
    }

    /**
     * Compacts all but the last turn because somebody wants it; with a single turn, that one.
     *
     * @param message the number of the message that says so, or 0
     */
    void compactNow(SessionLane lane, String principal, long message) {
        SessionRecord record = lane.present(writer.journal());
        int turns = record.exchanges().size();
        Map<String, Object> body = body(message == 0 ? "request" : "command", principal);
        if (message != 0) {
            body.put("message", message);
        }
        compact(lane, record, turns > 1 ? turns - 1 : turns, body);
    }

    private static Map<String, Object> body(String reason, String principal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("reason", reason);
        body.put("principal", principal);
        return body;
    }

    private void compact(SessionLane lane, SessionRecord record, int turns, Map<String, Object> body) {
        List<Exchange> older = record.exchanges().subList(0, turns);
        SessionMemory before = writer.journal().memory(record.key());
        List<SpokenTurn> spoken = new ArrayList<>();
        for (Exchange exchange : older) {
            spoken.add(SpokenTurn.read(writer.journal(), record.key(), exchange));
        }
        Summary.Written written = summary.of(before.summary(), spoken);
        SessionMemory after = before.with(written.summary(), written.facts());
        int tokensLeft = record.exchanges().subList(turns, record.exchanges().size()).stream()
                .mapToInt(Exchange::tokens)
                .sum();
        body.put("through", older.isEmpty() ? 0 : older.get(turns - 1).answer());
        body.put("summary", after.summary());
        body.put("facts", written.facts());
        body.put("turns", turns);
        body.put("tokensBefore", record.contextTokens());
        body.put("tokensAfter", after.tokens() + tokensLeft);
        body.put("kept", after.tokens());
        save(lane, EntryTypes.SESSION_COMPACTED, body, after);
    }

    /**
     * Clears the context.
     *
     * @param command {@link Command#NEW} keeps the memory, {@link Command#RESET} does not
     * @param message the number of the message that says so, or 0
     */
    void reset(SessionLane lane, String principal, Command command, long message) {
        SessionMemory before = writer.journal().memory(lane.key());
        SessionMemory after = command == Command.NEW ? new SessionMemory("", before.facts()) : SessionMemory.EMPTY;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("principal", principal);
        body.put("command", command.word());
        body.put("kept", after.tokens());
        if (message != 0) {
            body.put("message", message);
        }
        save(lane, EntryTypes.SESSION_RESET, body, after);
    }

    private void save(SessionLane lane, String type, Map<String, Object> body, SessionMemory memory) {
        writer.write(
                lane,
                type,
                body,
                List.of(new DocumentSaved(
                        memory.document(lane.key(), writer.journal().now()))));
    }
}
