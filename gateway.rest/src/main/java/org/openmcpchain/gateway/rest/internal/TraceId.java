/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.ws.rs.container.ContainerRequestContext;

/** The id under which a request can be found again: the caller's W3C trace id, or one of our own. */
final class TraceId {

    static final String HEADER = "X-Trace-Id";

    private static final String PROPERTY = "openmcp.trace-id";
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private TraceId() {}

    static void begin(ContainerRequestContext request) {
        String parent = request.getHeaderString("traceparent");
        Matcher matcher = TRACEPARENT.matcher(parent == null ? "" : parent);
        request.setProperty(PROPERTY, matcher.matches() ? matcher.group(1) : fresh());
    }

    /** The id of a request, also of one that never reached the key check. */
    static String of(ContainerRequestContext request) {
        Object id = request.getProperty(PROPERTY);
        return id == null ? fresh() : id.toString();
    }

    static String fresh() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
