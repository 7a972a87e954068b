/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.session.internal.Codes.refused;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.MessageMode;

/** What makes two messages with one client id the same (F327). */
class KnownMessageTest {

    private static final String NETWORK = "eip155:1";

    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(folder);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void sameIdWithAnotherNetworkIsAConflict() {
        town.sessions.send(message("buy", null, null));

        refused(RunError.IDEMPOTENCY_CONFLICT, () -> town.sessions.send(message("buy", null, NETWORK)));
        assertThat(town.find().messages()).isOne();
    }

    @Test
    void sameIdWithAnotherNamedModeIsAConflict() {
        town.sessions.send(message("buy", MessageMode.COLLECT, null));

        refused(RunError.IDEMPOTENCY_CONFLICT, () -> town.sessions.send(message("buy", MessageMode.STEER, null)));
        refused(RunError.IDEMPOTENCY_CONFLICT, () -> town.sessions.send(message("buy", null, null)));
        assertThat(town.sessions.send(message("buy", MessageMode.COLLECT, null)).created())
                .isFalse();
    }

    @Test
    void changedModeOfTheSessionMakesNoOtherMessage() {
        town.sessions.send(message("buy", null, null));
        town.answer("r1", "bought");
        town.sessions.mode("main", MessageMode.INTERRUPT, "alice");

        assertThat(town.sessions.send(message("buy", null, null)).created()).isFalse();
    }

    @Test
    void rowsThatTellTheTextOnlyAreStillKnown() {
        Message first = message("buy", null, NETWORK);
        StoredDocument row = KnownMessage.document(Town.KEY, first, 1, 2, town.clock.instant());
        String body = CanonicalJson.of(
                Map.of("number", 1L, "seq", 2L, "content", Digests.sha256(first.text()), "key", Town.KEY));
        keep(first, new StoredDocument(row.collection(), row.id(), body, row.updatedAt()));

        assertThat(town.sessions.send(first).created()).isFalse();
        assertThat(town.sessions.send(message("buy", MessageMode.COLLECT, null)).created())
                .isFalse();
        refused(RunError.IDEMPOTENCY_CONFLICT, () -> town.sessions.send(message("sell", null, NETWORK)));
    }

    @Test
    void knownMessageIsFoundWhileItsNetworkIsAway() {
        Message first = message("buy", null, NETWORK);
        keep(first, KnownMessage.document(Town.KEY, first, 1, 2, town.clock.instant()));

        assertThat(town.sessions.send(first).message()).isOne();
        refused(RunError.IDEMPOTENCY_CONFLICT, () -> town.sessions.send(message("buy", null, "eip155:10")));
        Message other =
                new Message("alice", "main", "buy", Optional.of("order-8"), Optional.empty(), Optional.of(NETWORK));
        refused(ChainError.CHAIN_UNKNOWN, () -> town.sessions.send(other));
    }

    /** A life before this one took a message and left this row. */
    private void keep(Message message, StoredDocument row) {
        town.sessions.create("main", MessageMode.FOLLOW_UP, "alice");
        town.sessions.stop();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", 1L);
        body.put("principal", message.principal());
        body.put("text", message.text());
        body.put("clientId", message.clientId().orElseThrow());
        body.put("mode", MessageMode.FOLLOW_UP);
        body.put("network", message.network().orElse(null));
        town.sessionJournal().write(town.stored(), EntryTypes.SESSION_MESSAGE, body, List.of(new DocumentSaved(row)));
        town.restart();
    }

    private static Message message(String text, MessageMode mode, String network) {
        return new Message(
                "alice", "main", text, Optional.of("order-7"), Optional.ofNullable(mode), Optional.ofNullable(network));
    }
}
