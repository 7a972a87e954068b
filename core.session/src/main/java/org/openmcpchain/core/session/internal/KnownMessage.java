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

/**
 * What a client called a message, so that sending it again does nothing.
 *
 * @param number its number in the session
 * @param seq its place in the session's stream
 * @param content the SHA-256 of what it said
 */
record KnownMessage(long number, long seq, String content) {

    static final String COLLECTION = "session-message";

    /** The message that this person called so in this session before, or empty. Error: {@code IDEMPOTENCY_CONFLICT}. */
    static Optional<KnownMessage> find(SessionJournal journal, String key, Message message) {
        if (message.clientId().isEmpty()) {
            return Optional.empty();
        }
        Optional<KnownMessage> known = journal.document(COLLECTION, id(key, message))
                .map(document -> Entry.of(document.body()))
                .map(body -> new KnownMessage(body.number("number"), body.number("seq"), body.text("content")));
        if (known.isPresent() && !known.get().content().equals(content(message))) {
            throw HostException.of(
                    RunError.IDEMPOTENCY_CONFLICT,
                    "clientId",
                    message.clientId().get(),
                    "message",
                    known.get().number());
        }
        return known;
    }

    /** What is stored with the message. */
    static StoredDocument document(String key, Message message, long number, long seq, Instant at) {
        return new StoredDocument(
                COLLECTION,
                id(key, message),
                CanonicalJson.of(Map.of("number", number, "seq", seq, "content", content(message), "key", key)),
                at);
    }

    private static String id(String key, Message message) {
        return Digests.sha256(key + "\n" + message.clientId().orElseThrow() + "\n" + message.principal());
    }

    private static String content(Message message) {
        return Digests.sha256(message.text());
    }
}
