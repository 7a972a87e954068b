/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.RunState;

/** Rows as JSON objects of texts, for archives and snapshots. */
final class RowText {

    private RowText() {}

    static Map<String, Object> of(JournalEntry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("stream", entry.stream());
        row.put("seq", entry.seq());
        row.put("at", entry.at().toEpochMilli());
        row.put("type", entry.type());
        row.put("body", entry.body());
        row.put("previous", entry.previous());
        row.put("hash", entry.hash());
        return row;
    }

    static JournalEntry entry(Map<String, Object> row) {
        return new JournalEntry(
                RowJson.text(row, "stream"),
                RowJson.number(row, "seq"),
                Instant.ofEpochMilli(RowJson.number(row, "at")),
                RowJson.text(row, "type"),
                RowJson.text(row, "body"),
                RowJson.text(row, "previous"),
                RowJson.text(row, "hash"));
    }

    /**
     * The key of a row: its kind, then its own key. Keys sort as {@link org.openmcpchain.core.run.RunStore#copy} hands rows over.
     */
    static String key(StoreChange row) {
        if (row instanceof RunSaved saved) {
            return "1 " + saved.run().id();
        }
        if (row instanceof TransactionSaved saved) {
            return "2 " + saved.transaction().idempotencyKey();
        }
        if (row instanceof ReceiptSaved saved) {
            return "3 " + saved.receipt().runId();
        }
        if (row instanceof DocumentSaved saved) {
            return "4 " + saved.document().collection() + "\0"
                    + saved.document().id();
        }
        if (row instanceof HeadMoved moved) {
            return "5 " + moved.head().stream();
        }
        if (row instanceof EntryAppended appended) {
            JournalEntry entry = appended.entry();
            // The sign bit is turned over so that texts sort as the numbers do.
            return "6 " + entry.stream() + "\0" + String.format("%016x", entry.seq() ^ Long.MIN_VALUE);
        }
        throw new IllegalArgumentException("not a row");
    }

    /** A row of any kind. */
    static Map<String, Object> of(StoreChange row) {
        if (row instanceof RunSaved saved) {
            return of(saved.run());
        }
        if (row instanceof TransactionSaved saved) {
            return of(saved.transaction());
        }
        if (row instanceof ReceiptSaved saved) {
            Receipt receipt = saved.receipt();
            return object(
                    "runId", receipt.runId(),
                    "payloadDigest", receipt.payloadDigest(),
                    "keyId", receipt.keyId(),
                    "envelope", receipt.envelope());
        }
        if (row instanceof DocumentSaved saved) {
            StoredDocument document = saved.document();
            return object(
                    "collection", document.collection(),
                    "id", document.id(),
                    "body", document.body(),
                    "updatedAt", document.updatedAt().toEpochMilli());
        }
        if (row instanceof HeadMoved moved) {
            StreamHead head = moved.head();
            return object(
                    "stream", head.stream(),
                    "seq", head.seq(),
                    "hash", head.hash(),
                    "ended", head.ended() ? 1 : 0,
                    "epoch", head.epoch(),
                    "archive", head.archive().orElse(null));
        }
        if (row instanceof EntryAppended appended) {
            return of(appended.entry());
        }
        throw new IllegalArgumentException("not a row");
    }

    /** The row of a key. Error: {@code SNAPSHOT_BROKEN}. */
    static StoreChange row(String key, Map<String, Object> row) {
        return switch (key.charAt(0)) {
            case '1' -> new RunSaved(run(row));
            case '2' -> new TransactionSaved(transaction(row));
            case '3' -> new ReceiptSaved(new Receipt(
                    RowJson.text(row, "runId"),
                    RowJson.text(row, "payloadDigest"),
                    RowJson.text(row, "keyId"),
                    RowJson.text(row, "envelope")));
            case '4' -> new DocumentSaved(new StoredDocument(
                    RowJson.text(row, "collection"),
                    RowJson.text(row, "id"),
                    RowJson.text(row, "body"),
                    Instant.ofEpochMilli(RowJson.number(row, "updatedAt"))));
            case '5' -> new HeadMoved(new StreamHead(
                    RowJson.text(row, "stream"),
                    RowJson.number(row, "seq"),
                    RowJson.text(row, "hash"),
                    RowJson.number(row, "ended") == 1,
                    RowJson.number(row, "epoch"),
                    optional(row, "archive")));
            case '6' -> new EntryAppended(entry(row));
            default -> throw HostException.of(JournalError.SNAPSHOT_BROKEN, "detail", "a row of no kind");
        };
    }

    private static Map<String, Object> of(RunRecord run) {
        Map<String, Object> row = object(
                "id", run.id(),
                "clientId", run.clientId().orElse(null),
                "principal", run.principal(),
                "goal", run.goal(),
                "network", run.network().orElse(null),
                "session", run.session().orElse(null),
                "metadata", run.metadata(),
                "state", run.state().name(),
                "createdAt", run.createdAt().toEpochMilli(),
                "updatedAt", run.updatedAt().toEpochMilli(),
                "endedAt", run.endedAt().map(Instant::toEpochMilli).orElse(null),
                "attempts", run.attempts());
        row.put("reply", run.reply().orElse(null));
        row.put("thought", run.thought().orElse(null));
        row.put("result", run.result().orElse(null));
        row.put("errorCode", run.errorCode().orElse(null));
        row.put("errorDetail", run.errorDetail().orElse(null));
        row.put("provider", run.provider().orElse(null));
        row.put("receiptDigest", run.receiptDigest().orElse(null));
        return row;
    }

    private static RunRecord run(Map<String, Object> row) {
        return new RunRecord(
                RowJson.text(row, "id"),
                optional(row, "clientId"),
                RowJson.text(row, "principal"),
                RowJson.text(row, "goal"),
                optional(row, "network"),
                optional(row, "session"),
                RowJson.text(row, "metadata"),
                RunState.valueOf(RowJson.text(row, "state")),
                Instant.ofEpochMilli(RowJson.number(row, "createdAt")),
                Instant.ofEpochMilli(RowJson.number(row, "updatedAt")),
                optional(row, "endedAt").map(Long::parseLong).map(Instant::ofEpochMilli),
                (int) RowJson.number(row, "attempts"),
                optional(row, "reply"),
                optional(row, "thought"),
                optional(row, "result"),
                optional(row, "errorCode"),
                optional(row, "errorDetail"),
                optional(row, "provider"),
                optional(row, "receiptDigest"));
    }

    private static Map<String, Object> of(TransactionRecord transaction) {
        return object(
                "idempotencyKey", transaction.idempotencyKey(),
                "hash", transaction.hash(),
                "runId", transaction.runId(),
                "callId", transaction.callId(),
                "label", transaction.label(),
                "description", transaction.description(),
                "chain", transaction.chain().toString(),
                "from", transaction.from(),
                "to", transaction.to(),
                "nonce", transaction.nonce(),
                "value", transaction.value(),
                "rawTransaction", transaction.rawTransaction(),
                "state", transaction.state().name(),
                "blockNumber", transaction.blockNumber(),
                "blockHash", transaction.blockHash(),
                "gasUsed", transaction.gasUsed(),
                "effectiveGasPrice", transaction.effectiveGasPrice(),
                "detail", transaction.detail(),
                "createdAt", transaction.createdAt().toEpochMilli(),
                "updatedAt", transaction.updatedAt().toEpochMilli());
    }

    private static TransactionRecord transaction(Map<String, Object> row) {
        return new TransactionRecord(
                RowJson.text(row, "idempotencyKey"),
                RowJson.text(row, "hash"),
                RowJson.text(row, "runId"),
                RowJson.text(row, "callId"),
                RowJson.text(row, "label"),
                RowJson.text(row, "description"),
                ChainId.parse(RowJson.text(row, "chain")),
                RowJson.text(row, "from"),
                RowJson.text(row, "to"),
                RowJson.number(row, "nonce"),
                new BigInteger(RowJson.text(row, "value")),
                RowJson.text(row, "rawTransaction"),
                TransactionState.valueOf(RowJson.text(row, "state")),
                optional(row, "blockNumber").map(Long::valueOf).orElse(null),
                optional(row, "blockHash").orElse(null),
                optional(row, "gasUsed").map(BigInteger::new).orElse(null),
                optional(row, "effectiveGasPrice").map(BigInteger::new).orElse(null),
                optional(row, "detail").orElse(null),
                Instant.ofEpochMilli(RowJson.number(row, "createdAt")),
                Instant.ofEpochMilli(RowJson.number(row, "updatedAt")));
    }

    private static Optional<String> optional(Map<String, Object> row, String name) {
        return row.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Map<String, Object> object(Object... pairs) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1]);
        }
        return row;
    }
}
