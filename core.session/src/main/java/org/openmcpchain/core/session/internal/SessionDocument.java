/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.session.MessageMode;

/** A session as a document, so that nobody has to walk its stream to know where it stands. */
final class SessionDocument {

    static final String COLLECTION = "session";

    private SessionDocument() {}

    static StoredDocument of(SessionRecord record) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", record.key());
        body.put("principal", record.principal());
        body.put("mode", record.mode());
        body.put("nextMode", record.nextMode().orElse(null));
        body.put("epoch", record.epoch());
        body.put("messages", record.messages());
        body.put("turns", record.turns());
        body.put("compactions", record.compactions());
        body.put("waiting", record.waiting().stream().map(SessionDocument::map).toList());
        body.put("active", record.active().map(SessionDocument::map).orElse(null));
        body.put(
                "exchanges",
                record.exchanges().stream().map(SessionDocument::map).toList());
        body.put("keptTokens", record.keptTokens());
        body.put("seq", record.seq());
        body.put("createdAt", record.createdAt().toEpochMilli());
        body.put("updatedAt", record.updatedAt().toEpochMilli());
        return new StoredDocument(COLLECTION, record.key(), CanonicalJson.of(body), record.updatedAt());
    }

    /** Error: {@code JOURNAL_BROKEN}. */
    static SessionRecord read(StoredDocument document) {
        Entry body = Entry.of(document.body());
        return new SessionRecord(
                body.text("key"),
                body.text("principal"),
                body.word(MessageMode.class, "mode"),
                body.optional("nextMode").map(MessageMode::valueOf),
                body.size("epoch"),
                body.number("messages"),
                body.size("turns"),
                body.size("compactions"),
                body.list("waiting").stream().map(SessionDocument::waiting).toList(),
                body.part("active").map(SessionDocument::active),
                body.list("exchanges").stream().map(SessionDocument::exchange).toList(),
                body.size("keptTokens"),
                body.number("seq"),
                Instant.ofEpochMilli(body.number("createdAt")),
                Instant.ofEpochMilli(body.number("updatedAt")));
    }

    private static Map<String, Object> map(Waiting message) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("number", message.number());
        map.put("seq", message.seq());
        map.put("mode", message.mode());
        map.put("principal", message.principal());
        map.put("network", message.network().orElse(null));
        map.put("command", message.command().orElse(null));
        map.put("length", message.length());
        return map;
    }

    private static Waiting waiting(Entry map) {
        return new Waiting(
                map.number("number"),
                map.number("seq"),
                map.word(MessageMode.class, "mode"),
                map.text("principal"),
                map.optional("network"),
                map.optional("command").map(Command::valueOf),
                map.size("length"));
    }

    private static Map<String, Object> map(ActiveTurn turn) {
        List<Map<String, Object>> steered = turn.steered().stream()
                .map(told -> {
                    Map<String, Object> map = map(told.message());
                    map.put("signal", told.signal());
                    return map;
                })
                .toList();
        return Map.of(
                "run", turn.run(),
                "epoch", turn.epoch(),
                "messages", turn.messages().stream().map(SessionDocument::map).toList(),
                "steered", steered);
    }

    private static ActiveTurn active(Entry map) {
        return new ActiveTurn(
                map.text("run"),
                map.size("epoch"),
                map.list("messages").stream().map(SessionDocument::waiting).toList(),
                map.list("steered").stream()
                        .map(told -> new ActiveTurn.Steered(waiting(told), told.number("signal")))
                        .toList());
    }

    private static Map<String, Object> map(Exchange exchange) {
        return Map.of(
                "run", exchange.run(),
                "messages", exchange.messages(),
                "answer", exchange.answer(),
                "length", exchange.length());
    }

    private static Exchange exchange(Entry map) {
        return new Exchange(map.text("run"), map.numbers("messages"), map.number("answer"), map.size("length"));
    }
}
