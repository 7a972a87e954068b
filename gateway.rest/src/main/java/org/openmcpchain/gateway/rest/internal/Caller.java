/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.security.Principal;
import javax.ws.rs.core.SecurityContext;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.AccessError;
import org.openmcpchain.error.HostException;

/** The authenticated caller of one request. */
final class Caller implements SecurityContext, Principal {

    private final org.openmcpchain.access.Principal principal;
    private final boolean secure;
    private final String traceId;

    Caller(org.openmcpchain.access.Principal principal, boolean secure, String traceId) {
        this.principal = principal;
        this.secure = secure;
        this.traceId = traceId;
    }

    /** The id under which this request is found again. */
    String traceId() {
        return traceId;
    }

    /** The caller of a request that has passed the key check. */
    static Caller of(SecurityContext context) {
        if (context.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw HostException.of(AccessError.KEY_MISSING);
    }

    boolean may(Scope scope) {
        return principal.may(scope);
    }

    @Override
    public String getName() {
        return principal.name();
    }

    @Override
    public Principal getUserPrincipal() {
        return this;
    }

    @Override
    public boolean isUserInRole(String role) {
        return java.util.Arrays.stream(Scope.values())
                .anyMatch(scope -> scope.name().equals(role) && principal.may(scope));
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
