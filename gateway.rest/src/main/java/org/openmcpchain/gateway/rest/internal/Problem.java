/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;

/** An error as it leaves the host. Source: RFC 9457. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An error. Source: RFC 9457.")
record Problem(
        @Schema(description = "A URI that names the kind of error.", example = "urn:openmcp-chain:error:TOOL_UNKNOWN")
                String type,
        @Schema(description = "What happened, the same for every error of this kind.") String title,
        @Schema(description = "The HTTP status.") int status,
        @Schema(description = "The stable code.", example = "TOOL_UNKNOWN") String code,
        @Schema(description = "What happened this time, or absent.") String detail,
        @Schema(description = "What it is about.") Map<String, String> params,
        @Schema(description = "What to do next.") String remedy,
        @Schema(description = "Whether the same request may succeed later.") boolean retryable,
        @Schema(description = "The id under which the operator finds this request.") String traceId) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(HostException e) {
        return of(e.code(), e.parameters().get("detail"), e.parameters());
    }

    static Problem of(ErrorCode code, String detail, Map<String, String> params) {
        return new Problem(
                "urn:openmcp-chain:error:" + code.name(),
                code.summary(),
                code.httpStatus(),
                code.name(),
                detail,
                params,
                code.remedy(),
                code.retryable(),
                null);
    }

    /** The same problem under the status that is really sent. */
    Problem withStatus(int sent) {
        return new Problem(type, title, sent, code, detail, params, remedy, retryable, traceId);
    }

    Problem tracedAs(String id) {
        return traceId != null ? this : new Problem(type, title, status, code, detail, params, remedy, retryable, id);
    }
}
