/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.util.Locale;
import java.util.Optional;
import javax.annotation.Priority;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import javax.ws.rs.core.HttpHeaders;
import org.openmcpchain.access.ApiKeys;
import org.openmcpchain.access.Principal;
import org.openmcpchain.error.AccessError;
import org.openmcpchain.error.HostException;

/** Lets in whoever presents a valid API key, before a path is even looked at: strangers learn nothing of what exists. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class KeyFilter implements ContainerRequestFilter {

    private static final String SCHEME = "bearer ";
    private static final int MAX_HEADER = 512;

    private final ApiKeys keys;

    /** A filter over these keys. */
    public KeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        TraceId.begin(request);
        if (isLiveness(request)) {
            return;
        }
        Principal principal = authenticate(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        request.setSecurityContext(
                new Caller(principal, request.getSecurityContext().isSecure(), TraceId.of(request)));
    }

    private Principal authenticate(String header) {
        if (header == null || header.isBlank()) {
            throw HostException.of(AccessError.KEY_MISSING);
        }
        if (header.length() > MAX_HEADER || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw HostException.of(AccessError.KEY_INVALID);
        }
        Optional<Principal> principal =
                keys.authenticate(header.substring(SCHEME.length()).trim());
        return principal.orElseThrow(() -> HostException.of(AccessError.KEY_INVALID));
    }

    private static boolean isLiveness(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        return path.equals("health/live") || path.equals("/health/live");
    }
}
