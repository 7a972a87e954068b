/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;

/** Issuers with a clock and a key folder of the test's own. */
public final class TestIssuer {

    private TestIssuer() {}

    /** What a host that lies would issue: any statement, with fitting digests, under its own genuine key. */
    @SuppressWarnings("unchecked")
    public static String lie(Path folder, Map<String, Object> statement) {
        SigningKeys keys = SigningKeys.open(folder, Duration.ZERO, Clock.systemUTC());
        Map<String, Object> predicate = new LinkedHashMap<>((Map<String, Object>) statement.get("predicate"));
        Map<String, String> digests = ReceiptFormat.sectionDigests(statement.get("subject"), predicate);
        digests.put(ReceiptFormat.ROOT, ReceiptFormat.root(digests));
        predicate.put(ReceiptFormat.DIGESTS, digests);
        Map<String, Object> whole = new LinkedHashMap<>(statement);
        whole.put("predicate", predicate);
        byte[] payload = CanonicalJson.of(whole).getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(keys.sign(ReceiptFormat.preAuthentication(payload)));
        return CanonicalJson.of(Map.of(
                "payloadType",
                ReceiptFormat.PAYLOAD_TYPE,
                "payload",
                Base64.getEncoder().encodeToString(payload),
                "signatures",
                List.of(Map.of("keyid", keys.current().keyId(), "sig", signature))));
    }

    /** @param days how long a key lives, 0 for ever */
    public static ReceiptIssuer open(Path folder, Instant now, int days) {
        return new DsseReceiptIssuer(SigningKeys.open(folder, Duration.ofDays(days), Clock.fixed(now, ZoneOffset.UTC)));
    }
}
