/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.policy.PolicyDocument;
import org.openmcpchain.proof.CanonicalJson;

/**
 * A version of the policy as a row.
 *
 * @param document the version
 * @param starting whether it is the starting policy, which nobody but the configuration has written
 */
record StoredPolicy(PolicyDocument document, boolean starting) {

    static final String COLLECTION = "policy";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The id of a version; ids sort as versions do. */
    static String id(long version) {
        return String.format("%019d", version);
    }

    /** Error: {@code JOURNAL_BROKEN} for a row that this class did not write. */
    static StoredPolicy of(StoredDocument row) {
        try {
            JsonNode body = JSON.readTree(row.body());
            PolicyDocument document = new PolicyDocument(
                    Long.parseLong(body.path("version").asText()),
                    body.path("digest").asText(),
                    body.path("label").asText(),
                    body.path("text").asText(),
                    body.path("principal").asText(),
                    Instant.parse(body.path("at").asText()));
            return new StoredPolicy(document, body.path("starting").asBoolean());
        } catch (JsonProcessingException | NumberFormatException | DateTimeException e) {
            throw broken(e, row.id());
        }
    }

    StoredDocument toStored() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", document.version());
        body.put("digest", document.digest());
        body.put("label", document.label());
        body.put("text", document.text());
        body.put("principal", document.principal());
        body.put("at", document.at().toString());
        body.put("starting", starting);
        return new StoredDocument(COLLECTION, id(document.version()), CanonicalJson.of(body), document.at());
    }

    /** The version as a policy that judges. Error: {@code JOURNAL_BROKEN} when its text is not what its digest says. */
    PolicyInForce read() {
        PolicyDraft draft = PolicyReader.read(document.text());
        if (!draft.problems().isEmpty() || !draft.digest().equals(document.digest())) {
            throw broken(null, id(document.version()));
        }
        return draft.as(document);
    }

    private static HostException broken(Exception cause, String id) {
        return HostException.caused(cause, JournalError.JOURNAL_BROKEN, "collection", COLLECTION, "id", id);
    }
}
