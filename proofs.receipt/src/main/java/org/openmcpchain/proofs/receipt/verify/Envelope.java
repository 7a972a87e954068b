/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.error.HostException;
import org.openmcpchain.proofs.receipt.internal.format.Json;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;

/**
 * A DSSE envelope, read strictly: a member that nobody signs has no place in a receipt. Source: DSSE v1.
 *
 * @param payloadType what the payload claims to be
 * @param payload the payload in Base64
 * @param signatures at least one
 */
record Envelope(String payloadType, String payload, List<Signed> signatures) {

    private static final int MAX_SIGNATURES = 16;
    private static final Set<String> MEMBERS = Set.of("payloadType", "payload", "signatures");
    private static final Set<String> SIGNATURE_MEMBERS = Set.of("keyid", "sig");

    /**
     * One signature.
     *
     * @param keyId the id of the key that made it
     * @param signature the signature in Base64
     */
    record Signed(String keyId, String signature) {}

    /** The envelope, or empty when a failure was noted. */
    static Optional<Envelope> read(byte[] file, Findings findings) {
        if (file.length > ReceiptFormat.MAX_BYTES) {
            findings.failed("envelope", "it is larger than 8 MiB");
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return read(Json.object(text), findings);
        } catch (CharacterCodingException e) {
            findings.failed("envelope", "it is no UTF-8 text");
        } catch (HostException e) {
            findings.failed("envelope", e.parameters().getOrDefault("detail", "it is no JSON object"));
        }
        return Optional.empty();
    }

    private static Optional<Envelope> read(Map<String, Object> json, Findings findings) {
        int before = findings.failures();
        findings.require(
                json.keySet().equals(MEMBERS),
                "envelope",
                "its members are not exactly payloadType, payload and signatures");
        findings.require(json.get("payload") instanceof String, "payload", "it is missing or no text");
        findings.require(json.get("payloadType") instanceof String, "payloadType", "it is missing or no text");
        List<Signed> signatures = new ArrayList<>();
        List<?> items = Tree.list(json.get("signatures"));
        findings.require(
                !items.isEmpty() && items.size() <= MAX_SIGNATURES, "signature", "there is none, or more than 16");
        items.stream().limit(MAX_SIGNATURES).forEach(item -> {
            findings.require(
                    Tree.object(item).keySet().equals(SIGNATURE_MEMBERS),
                    "signature",
                    "the members of a signature are not exactly keyid and sig");
            signatures.add(new Signed(Tree.text(item, "keyid"), Tree.text(item, "sig")));
        });
        if (findings.failures() > before) {
            return Optional.empty();
        }
        findings.passed("envelope", "a DSSE envelope with " + signatures.size() + " signature(s)");
        return Optional.of(
                new Envelope(Tree.text(json.get("payloadType")), Tree.text(json.get("payload")), signatures));
    }

    /** Bytes from Base64 in its one canonical form; empty for any other text. */
    static Optional<byte[]> decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
