/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.RequestError;
import org.osgi.service.component.annotations.Component;

/**
 * Gives the error model to what the container refuses before the API sees it, for example a path that can be read in two
 * ways. Pax Web hands its Jetty to each {@link Handler} service; in another container this class is simply not loaded.
 */
@Component(service = Handler.class)
public final class ContainerProblems extends AbstractHandler {

    @Override
    public void setServer(Server server) {
        super.setServer(server);
        if (server != null) {
            ProblemErrors errors = new ProblemErrors();
            // First: a server that is just starting starts the handler at once, and a started one takes no server any
            // more.
            errors.setServer(server);
            server.setErrorHandler(errors);
        }
    }

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response) {
        // Requests are for others.
    }

    /** Writes a container's error as a problem. */
    private static final class ProblemErrors extends ErrorHandler {

        @Override
        public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            byte[] body = problem(response.getStatus());
            response.setContentType(Problem.MEDIA_TYPE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            base.setHandled(true);
        }

        @Override
        public ByteBuffer badMessageError(int status, String reason, HttpFields fields) {
            fields.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
            return ByteBuffer.wrap(problem(status));
        }
    }

    /** The problem for a status; what the container says in words stays inside. */
    static byte[] problem(int status) {
        ErrorCode code = status >= 500 ? RequestError.HOST_FAULT : ProblemMapper.codeOf(status);
        return JsonBody.bytes(
                Problem.of(code, null, Map.of()).withStatus(status).tracedAs(TraceId.fresh()));
    }
}
