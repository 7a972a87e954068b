/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;

/**
 * Checks receipts: no host, no network, no clock but the caller's. A receipt verifies only when each check passes; one
 * that does not comes with the parts that are wrong. Immutable and thread-safe; never throws for what a receipt holds.
 *
 * <p>The order: shape of the envelope, payload type, key id, payload (Base64, JSON, canonical form, digests of its
 * sections, agreement between them), signature.
 */
public final class ReceiptVerifier {

    /** No receipt is larger, in bytes. */
    public static final int MAX_BYTES = ReceiptFormat.MAX_BYTES;

    private static final List<String> NOT_PROVEN = List.of(
            "that the named model answered: provider and model are what the provider says of itself",
            "that the host ran the code whose digests are listed: no hardware vouches for the host",
            "that the transactions are on the chain now: ask a node for their hashes",
            "that the times are right: they come from the host's clock",
            "what the goal, the arguments and the results were: the receipt holds their hashes, the journal holds them",
            "who holds the key: you trust it because of where you got it from");

    private final TrustedKeys trusted;

    private ReceiptVerifier(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    /** A verifier that believes these keys and no others. */
    public static ReceiptVerifier trusting(TrustedKeys keys) {
        return new ReceiptVerifier(keys);
    }

    /**
     * Checks a receipt.
     *
     * @param receipt the DSSE envelope as JSON in UTF-8
     * @param at the time from whose point of view it is judged: nothing in it may be later
     */
    public Verification verify(byte[] receipt, Instant at) {
        Findings findings = new Findings();
        Map<String, String> facts = new LinkedHashMap<>();
        Envelope.read(receipt, findings).ifPresent(envelope -> verify(envelope, at, findings, facts));
        return new Verification(findings.failures() == 0, findings.checks(), facts, NOT_PROVEN);
    }

    private void verify(Envelope envelope, Instant at, Findings findings, Map<String, String> facts) {
        if (envelope.payloadType().equals(ReceiptFormat.PAYLOAD_TYPE)) {
            findings.passed("payloadType", ReceiptFormat.PAYLOAD_TYPE);
        } else {
            findings.failed("payloadType", "it is not " + ReceiptFormat.PAYLOAD_TYPE);
        }
        Optional<byte[]> payload = Envelope.decode(envelope.payload());
        if (payload.isEmpty()) {
            findings.failed("payload: base64", "it is not Base64 in canonical form");
        }
        PayloadRules rules = new PayloadRules(findings);
        Map<String, Object> statement = payload.flatMap(rules::statement).orElse(Map.of());
        String issuerId = Tree.text(statement, "predicate", "issuer", "keyId");
        Instant issuedAt = AgreementRules.time(Tree.text(statement, "predicate", "run", "lastEntryAt"));
        SignatureRules signatures = new SignatureRules(findings, trusted);
        signatures.checkKeyIds(envelope.signatures(), issuerId, issuedAt);
        if (!statement.isEmpty()) {
            rules.checkDigests(statement);
            new AgreementRules(findings, statement).check(at);
            facts.putAll(Facts.of(statement));
        }
        payload.ifPresent(bytes -> signatures.checkSignatures(envelope.signatures(), bytes, issuerId));
    }
}
