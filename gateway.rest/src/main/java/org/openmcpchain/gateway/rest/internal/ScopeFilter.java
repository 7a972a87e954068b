/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import javax.annotation.Priority;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ResourceInfo;
import javax.ws.rs.core.Context;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.AccessError;
import org.openmcpchain.error.HostException;

/** Compares what a method needs with what the caller's key allows. */
@Priority(Priorities.AUTHORIZATION)
public final class ScopeFilter implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (resource.getResourceMethod().isAnnotationPresent(Open.class)) {
            return;
        }
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        Scope scope = needs == null ? Scope.ADMIN : needs.value();
        if (needs == null || !Caller.of(request.getSecurityContext()).may(scope)) {
            throw HostException.of(AccessError.SCOPE_MISSING, "scope", scope);
        }
    }
}
