/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.util.Optional;

/**
 * A goal to work on.
 *
 * @param principal who submits it
 * @param goal the goal in words: 1 to 4,000 characters
 * @param clientId an id that the client chose, 1 to 128 of {@code [A-Za-z0-9._:-]}; the same id with the same goal is
 *     the same run
 * @param network CAIP-2 name of the network, or empty for the host's default
 * @param session the canonical key of the session that it belongs to, or empty
 * @param metadata a JSON object of at most 16 KiB; {@code {}} for none
 * @param traceId the W3C trace id of the request that submits it, 32 lower-case hex digits, or empty; it is journaled with
 *     the run, so that the records of both are found together
 */
public record RunRequest(
        String principal,
        String goal,
        Optional<String> clientId,
        Optional<String> network,
        Optional<String> session,
        String metadata,
        Optional<String> traceId) {

    /** A goal that no request is known for. */
    public RunRequest(
            String principal,
            String goal,
            Optional<String> clientId,
            Optional<String> network,
            Optional<String> session,
            String metadata) {
        this(principal, goal, clientId, network, session, metadata, Optional.empty());
    }

    /** A goal outside of any session. */
    public RunRequest(
            String principal, String goal, Optional<String> clientId, Optional<String> network, String metadata) {
        this(principal, goal, clientId, network, Optional.empty(), metadata);
    }
}
