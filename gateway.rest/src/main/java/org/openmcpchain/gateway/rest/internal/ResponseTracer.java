/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;

/** Puts the trace id on every answer, and the headers that keep a browser from guessing or keeping it. */
public final class ResponseTracer implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String traceId = TraceId.of(request);
        if (response.getEntity() instanceof Problem problem) {
            Problem traced = problem.tracedAs(traceId);
            traceId = traced.traceId();
            response.setEntity(traced);
        }
        response.getHeaders().putSingle(TraceId.HEADER, traceId);
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
        response.getHeaders().putSingle("Cache-Control", "no-store");
    }
}
