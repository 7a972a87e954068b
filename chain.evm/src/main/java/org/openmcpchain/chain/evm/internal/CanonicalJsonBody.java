/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** The body of a journal entry as a map. */
final class CanonicalJsonBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalJsonBody() {}

    /** @throws IllegalStateException if it is not JSON, which the journal never is */
    static Map<String, Object> of(String body) {
        try {
            return JSON.readValue(body, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a journal entry is not JSON", e);
        }
    }
}
