/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.util.Map;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong into a problem. Class names, paths and stack traces stay inside. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof HostException e) {
            return answer(Problem.of(e));
        }
        if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 300) {
            return e.getResponse();
        }
        if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 500) {
            return answer(Problem.of(codeOf(e.getResponse().getStatus()), null, Map.of()));
        }
        if (thrown instanceof IllegalArgumentException && isFromRequest(thrown)) {
            return answer(Problem.of(RequestError.REQUEST_INVALID, null, Map.of()));
        }
        Problem problem = Problem.of(RequestError.HOST_FAULT, null, Map.of()).tracedAs(TraceId.fresh());
        LOG.error("request failed, trace id {}", problem.traceId(), thrown);
        return answer(problem);
    }

    static Response answer(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.retryable() && (problem.status() == 503 || problem.status() == 429)) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer.build();
    }

    /** The code for a status that the framework chose. */
    static ErrorCode codeOf(int status) {
        return switch (status) {
            case 404 -> RequestError.RESOURCE_UNKNOWN;
            case 405 -> RequestError.REQUEST_METHOD;
            case 406 -> RequestError.REQUEST_NOT_ACCEPTABLE;
            case 413 -> RequestError.REQUEST_TOO_LARGE;
            case 415 -> RequestError.REQUEST_MEDIA_TYPE;
            default -> RequestError.REQUEST_INVALID;
        };
    }

    /** The framework's own complaint about a path or a query that it could not decode. */
    private static boolean isFromRequest(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("java.net.URLDecoder");
    }
}
