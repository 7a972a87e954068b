/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.util.Optional;

/**
 * The header that makes a request the same one, however often it is sent. Source: draft-ietf-httpapi-idempotency-key-header.
 * It needs no store of its own: it is the client id of what the request makes, which is unique for each caller, lies in the
 * database beside it and stays as long as it.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    static final String ABOUT =
            "An id of your own, the same as clientId: the same id with the same content is answered with"
                    + " what the first request made; with other content it is a conflict.";

    private IdempotencyKey() {}

    /** The client id that header and body name together. */
    static Optional<String> clientId(String header, String body) {
        // The draft writes it as a structured field, which is a text in quotes.
        String key = header == null ? null : header.strip().replaceAll("^\"(.*)\"$", "$1");
        if (key != null && body != null && !key.equals(body)) {
            throw Query.invalid("clientId", "the same as " + HEADER + ", or absent");
        }
        return Optional.ofNullable(key == null ? body : key);
    }
}
