/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.format;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/**
 * What issuer and verifier agree on. Sources: in-toto Attestation Framework, Statement v1; DSSE v1 (secure-systems-lab);
 * RFC 8785 (JCS); RFC 8032 (Ed25519).
 */
public final class ReceiptFormat {

    /** What the DSSE payload is. */
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    /** The version of the in-toto statement. */
    public static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
    /** The version of our predicate; a change of meaning needs a new one. */
    public static final String PREDICATE_TYPE = "https://openmcp-chain.org/attestation/agent-receipt/v1";
    /** The only signature algorithm. */
    public static final String ALGORITHM = "Ed25519";
    /** No receipt is larger, in bytes of the envelope. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    /** The member of the predicate that holds the digests of all others and of the subject. */
    public static final String DIGESTS = "digests";
    /** The digest of the digests. */
    public static final String ROOT = "root";
    /** The member of the statement that names what it is about. */
    public static final String SUBJECT = "subject";

    private ReceiptFormat() {}

    /** The bytes that are signed. Source: DSSE v1, pre-authentication encoding. */
    public static byte[] preAuthentication(byte[] payload) {
        byte[] head = ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[head.length + payload.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(payload, 0, message, head.length, payload.length);
        return message;
    }

    /**
     * The digest of one section: SHA-256 of the canonical JSON of an object whose only member is the section. A
     * signature says only yes or no; these say which part is not as it was.
     */
    public static String digest(String name, Object section) {
        return Digests.sha256(CanonicalJson.of(Map.of(name, section)));
    }

    /** The digest of the subject and of each section of the predicate but {@link #DIGESTS}, by name. */
    public static Map<String, String> sectionDigests(Object subject, Map<String, ?> predicate) {
        Map<String, String> digests = new TreeMap<>();
        digests.put(SUBJECT, digest(SUBJECT, subject));
        predicate.forEach((name, section) -> {
            if (!name.equals(DIGESTS)) {
                digests.put(name, digest(name, section));
            }
        });
        return digests;
    }

    /** The digest of a set of digests. */
    public static String root(Map<String, ?> sectionDigests) {
        Map<String, Object> sections = new TreeMap<>(sectionDigests);
        sections.remove(ROOT);
        return digest(DIGESTS, sections);
    }
}
