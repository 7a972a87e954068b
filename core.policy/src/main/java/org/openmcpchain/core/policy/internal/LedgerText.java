/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.policy.internal.LedgerRecord.Spending;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/** Ledger records and meters as documents. */
final class LedgerText {

    /** One document for each intent that has reserved or spent something. */
    static final String RECORDS = "ledger";
    /** One document for each fuse that has blown. Apart from the sums, because a verdict may blow one at any time. */
    static final String FUSES = "ledger-fuse";
    /** One document for each meter that carries a sum or was reset. */
    static final String METERS = "ledger-meter";

    private static final int LONGEST_ID = 128;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LedgerText() {}

    /** What is kept of a meter beside its records. */
    record MeterState(String meter, BigInteger carried, Instant countedFrom) {}

    /** The document's id for a key or a meter. */
    static String id(String name) {
        return name.length() <= LONGEST_ID && name.indexOf('\n') < 0 ? name : Digests.sha256(name);
    }

    static StoredDocument document(LedgerRecord record, Instant at) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", record.key());
        body.put("intentHash", record.intentHash());
        body.put("run", record.runId().orElse(null));
        body.put("nature", record.nature());
        body.put("state", record.state());
        body.put("policy", record.policy());
        body.put("at", record.at().toString());
        body.put("reserved", record.reserved().stream().map(LedgerText::map).toList());
        body.put("spent", record.spent().stream().map(LedgerText::map).toList());
        return new StoredDocument(RECORDS, id(record.key()), CanonicalJson.of(body), at);
    }

    static LedgerRecord record(StoredDocument document) {
        JsonNode body = read(document);
        List<LedgerCharge> reserved = new ArrayList<>();
        body.path("reserved").forEach(node -> reserved.add(charge(node)));
        List<Spending> spent = new ArrayList<>();
        body.path("spent")
                .forEach(node -> spent.add(
                        new Spending(charge(node), Instant.parse(node.path("at").asText()))));
        return new LedgerRecord(
                body.path("key").asText(),
                body.path("intentHash").asText(),
                Optional.ofNullable(body.path("run").asText(null)),
                LedgerRecord.Nature.valueOf(body.path("nature").asText()),
                LedgerRecord.State.valueOf(body.path("state").asText()),
                body.path("policy").asText(),
                Instant.parse(body.path("at").asText()),
                reserved,
                spent);
    }

    static StoredDocument document(MeterState state, Instant at) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("meter", state.meter());
        body.put("carried", state.carried());
        body.put(
                "countedFrom",
                state.countedFrom().equals(Instant.MIN)
                        ? null
                        : state.countedFrom().toString());
        return new StoredDocument(METERS, id(state.meter()), CanonicalJson.of(body), at);
    }

    static MeterState meter(StoredDocument document) {
        JsonNode body = read(document);
        String from = body.path("countedFrom").asText(null);
        return new MeterState(
                body.path("meter").asText(),
                new BigInteger(body.path("carried").asText()),
                from == null ? Instant.MIN : Instant.parse(from));
    }

    static StoredDocument fuse(String meter, Instant at) {
        return new StoredDocument(FUSES, id(meter), CanonicalJson.of(Map.of("meter", meter)), at);
    }

    static String fuse(StoredDocument document) {
        return read(document).path("meter").asText();
    }

    /** The body of a journal entry that says what became of an intent's reservation. */
    static Map<String, Object> entry(LedgerRecord record, String state, List<LedgerCharge> charges) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", record.key());
        body.put("state", state);
        body.put("intentHash", record.intentHash());
        body.put("policyVersion", record.policy());
        body.put("caps", charges.stream().map(LedgerText::map).toList());
        return body;
    }

    private static Map<String, Object> map(LedgerCharge charge) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cap", charge.cap());
        map.put("holder", charge.holder());
        map.put("kind", charge.kind());
        map.put("amount", charge.amount());
        map.put("inputPrice", charge.inputPrice());
        map.put("outputPrice", charge.outputPrice());
        return map;
    }

    private static Map<String, Object> map(Spending spending) {
        Map<String, Object> map = map(spending.charge());
        map.put("at", spending.at().toString());
        return map;
    }

    private static LedgerCharge charge(JsonNode node) {
        return new LedgerCharge(
                node.path("cap").asText(),
                node.path("holder").asText(),
                LedgerCharge.Kind.valueOf(node.path("kind").asText()),
                new BigInteger(node.path("amount").asText()),
                number(node.path("inputPrice")),
                number(node.path("outputPrice")));
    }

    private static BigInteger number(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : new BigInteger(node.asText());
    }

    private static JsonNode read(StoredDocument document) {
        try {
            return JSON.readTree(document.body());
        } catch (JsonProcessingException e) {
            throw HostException.caused(
                    e, JournalError.JOURNAL_BROKEN, "detail", "a document of the ledgers cannot be read");
        }
    }
}
