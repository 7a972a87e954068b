/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.access.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.Scope;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.proof.CanonicalJson;

/**
 * A key as it is stored.
 *
 * @param info the key without its secret
 * @param secretHash SHA-256 of the secret, lower-case hex
 */
record StoredKey(ApiKeyInfo info, String secretHash) {

    static final String COLLECTION = "api-key";

    StoredKey revoked() {
        return new StoredKey(new ApiKeyInfo(info.id(), info.name(), info.scopes(), info.issuedAt(), true), secretHash);
    }

    StoredDocument toDocument(Instant at) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", info.name());
        body.put("scopes", new TreeSet<>(info.scopes()));
        body.put("issuedAt", info.issuedAt().toString());
        body.put("revoked", info.revoked());
        body.put("secretSha256", secretHash);
        return new StoredDocument(COLLECTION, info.id(), CanonicalJson.of(body), at);
    }

    /** Error: {@code JOURNAL_BROKEN} for a document that this class did not write. */
    static StoredKey of(StoredDocument document, ObjectMapper json) {
        try {
            JsonNode body = json.readTree(document.body());
            Set<Scope> scopes = new TreeSet<>();
            body.required("scopes").forEach(scope -> scopes.add(Scope.valueOf(scope.asText())));
            return new StoredKey(
                    new ApiKeyInfo(
                            document.id(),
                            body.required("name").asText(),
                            scopes,
                            Instant.parse(body.required("issuedAt").asText()),
                            body.required("revoked").asBoolean(true)),
                    body.required("secretSha256").asText());
        } catch (JsonProcessingException | RuntimeException e) {
            throw HostException.caused(e, JournalError.JOURNAL_BROKEN, "collection", COLLECTION, "id", document.id());
        }
    }
}
