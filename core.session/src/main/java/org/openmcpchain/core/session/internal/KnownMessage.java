/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.MessageMode;

/**
 * What a client called a message, so that sending it again does nothing.
 *
 * @param number its number in the session
 * @param seq its place in the session's stream
 */
record KnownMessage(long number, long seq) {

    static final String COLLECTION = "session-message";

    /** The message that this person called so in this session before, or empty. Error: {@code IDEMPOTENCY_CONFLICT}. */
    static Optional<KnownMessage> find(SessionJournal journal, String key, Message message) {
        if (message.clientId().isEmpty()) {
            return Optional.empty();
        }
        Optional<Entry> row = journal.document(COLLECTION, id(key, message)).map(document -> Entry.of(document.body()));
        Optional<KnownMessage> known = row.map(body -> new KnownMessage(body.number("number"), body.number("seq")));
        if (row.isPresent() && !isOf(row.get(), message)) {
            throw HostException.of(
                    RunError.IDEMPOTENCY_CONFLICT,
                    "clientId",
                    message.clientId().get(),
                    "message",
                    known.get().number());
        }
        return known;
    }

    /** Rows of earlier versions tell the text only; what they do not tell counts as equal. */
    private static boolean isOf(Entry row, Message message) {
        return row.text("content").equals(Digests.sha256(message.text()))
                && row.optional("network").orElse(network(message)).equals(network(message))
                && row.optional("mode").orElse(mode(message)).equals(mode(message));
    }

    /** What is stored with the message. */
    static StoredDocument document(String key, Message message, long number, long seq, Instant at) {
        Map<String, Object> body = Map.of(
                "number",
                number,
                "seq",
                seq,
                "content",
                Digests.sha256(message.text()),
                "network",
                network(message),
                "mode",
                mode(message),
                "key",
                key);
        return new StoredDocument(COLLECTION, id(key, message), CanonicalJson.of(body), at);
    }

    private static String id(String key, Message message) {
        return Digests.sha256(key + "\n" + message.clientId().orElseThrow() + "\n" + message.principal());
    }

    /** The network that the message names, or nothing. */
    private static String network(Message message) {
        return message.network().orElse("");
    }

    /** The mode that the message names, or nothing. */
    private static String mode(Message message) {
        return message.mode().map(MessageMode::name).orElse("");
    }
}
