/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openmcpchain.error.HostException;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proofs.receipt.internal.format.Json;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;

/** Whether a payload is a statement of the right form whose sections have the digests that it lists. */
final class PayloadRules {

    static final String PAYLOAD = "payload: ";
    static final String PREDICATE = PAYLOAD + "predicate.";

    private static final Set<String> MEMBERS = Set.of("_type", "subject", "predicateType", "predicate");

    private final Findings findings;

    PayloadRules(Findings findings) {
        this.findings = findings;
    }

    /** The statement, or empty when the bytes are none. */
    Optional<Map<String, Object>> statement(byte[] payload) {
        String text;
        Map<String, Object> statement;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            statement = Json.object(text);
        } catch (CharacterCodingException e) {
            findings.failed(PAYLOAD + "json", "it is no UTF-8 text");
            return Optional.empty();
        } catch (HostException e) {
            findings.failed(PAYLOAD + "json", e.parameters().getOrDefault("detail", "it is no JSON object"));
            return Optional.empty();
        }
        checkForm(text, statement);
        return Optional.of(statement);
    }

    private void checkForm(String text, Map<String, Object> statement) {
        int before = findings.failures();
        Json.strays("", statement)
                .forEach(path -> findings.failed(PAYLOAD + path, "a receipt holds no numbers and no nulls"));
        findings.require(isCanonical(text), PAYLOAD + "json", "it is not in canonical form (RFC 8785)");
        findings.require(
                statement.keySet().equals(MEMBERS),
                PAYLOAD + "json",
                "its members are not exactly _type, subject, predicateType and predicate");
        findings.require(
                ReceiptFormat.STATEMENT_TYPE.equals(statement.get("_type")), PAYLOAD + "_type", "it is another one");
        findings.require(
                ReceiptFormat.PREDICATE_TYPE.equals(statement.get("predicateType")),
                PAYLOAD + "predicateType",
                "it is another one");
        if (findings.failures() == before) {
            findings.passed(PAYLOAD + "form", "an in-toto statement in canonical form");
        }
    }

    /** Compares each section with its digest, and the digests with theirs. */
    void checkDigests(Map<String, Object> statement) {
        int before = findings.failures();
        Map<String, Object> predicate = new TreeMap<>();
        Tree.object(statement.get("predicate")).forEach((name, value) -> predicate.put((String) name, value));
        Map<String, Object> listed = new TreeMap<>();
        Tree.object(predicate.get(ReceiptFormat.DIGESTS)).forEach((name, value) -> listed.put((String) name, value));
        boolean listIntact = digest(ReceiptFormat.DIGESTS, withoutRoot(listed)).equals(listed.get(ReceiptFormat.ROOT));
        boolean sectionsMatch = true;
        for (String reserved : List.of(ReceiptFormat.SUBJECT, ReceiptFormat.ROOT)) {
            findings.require(!predicate.containsKey(reserved), PREDICATE + reserved, "no section may have this name");
        }
        predicate.put(ReceiptFormat.SUBJECT, statement.getOrDefault(ReceiptFormat.SUBJECT, List.of()));
        for (Map.Entry<String, Object> section : predicate.entrySet()) {
            if (!section.getKey().equals(ReceiptFormat.DIGESTS)) {
                sectionsMatch &= checkSection(section.getKey(), section.getValue(), listed, listIntact);
            }
        }
        for (String name : withoutRoot(listed).keySet()) {
            findings.require(predicate.containsKey(name), part(name), "it is missing, but has a digest");
            sectionsMatch &= predicate.containsKey(name);
        }
        findings.require(
                listIntact || !sectionsMatch,
                part(ReceiptFormat.DIGESTS) + ".root",
                "it is not the digest of the others");
        if (findings.failures() == before) {
            findings.passed(PAYLOAD + "digests", listed.size() - 1 + " sections have the digests that are listed");
        }
    }

    /** When the list of digests itself is not intact, a section that does not match tells that its digest was changed. */
    private boolean checkSection(String name, Object section, Map<String, Object> listed, boolean listIntact) {
        Object expected = listed.get(name);
        if (expected != null && expected.equals(digest(name, section))) {
            return true;
        }
        if (expected == null) {
            findings.failed(listIntact ? part(name) : digestPart(name), "it has no digest");
        } else if (listIntact) {
            findings.failed(part(name), "it is not what its digest was made from");
        } else {
            findings.failed(digestPart(name), "it is not the digest of the section");
        }
        return false;
    }

    private static Map<String, Object> withoutRoot(Map<String, Object> digests) {
        Map<String, Object> others = new TreeMap<>(digests);
        others.remove(ReceiptFormat.ROOT);
        return others;
    }

    private static String part(String name) {
        return name.equals(ReceiptFormat.SUBJECT) ? PAYLOAD + name : PREDICATE + name;
    }

    private static String digestPart(String name) {
        return part(ReceiptFormat.DIGESTS) + "." + name;
    }

    private static String digest(String name, Object section) {
        try {
            return ReceiptFormat.digest(name, section);
        } catch (HostException e) {
            return "";
        }
    }

    private static boolean isCanonical(String text) {
        try {
            return CanonicalJson.of(text).equals(text);
        } catch (HostException e) {
            return false;
        }
    }
}
