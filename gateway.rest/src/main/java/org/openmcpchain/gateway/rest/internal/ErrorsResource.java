/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.ErrorCatalogue;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;

/** The catalogue of errors. */
@Path("/errors")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "errors")
public final class ErrorsResource {

    @Schema(name = "ErrorCode", description = "One stable error code.")
    record ErrorView(
            String code,
            String category,
            boolean retryable,
            int httpStatus,
            String grpcStatus,
            String summary,
            String remedy) {

        static ErrorView of(ErrorCode code) {
            return new ErrorView(
                    code.name(),
                    code.category().name(),
                    code.retryable(),
                    code.httpStatus(),
                    code.grpcStatus().name(),
                    code.summary(),
                    code.remedy());
        }
    }

    @Schema(name = "ErrorList")
    record ErrorList(List<ErrorView> items) {}

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists every error code")
    public ErrorList list() {
        return new ErrorList(ErrorCatalogue.all().stream().map(ErrorView::of).toList());
    }

    @GET
    @Path("/{code}")
    @Needs(Scope.READ)
    @Operation(summary = "Explains an error code")
    public ErrorView show(@PathParam("code") String code) {
        return ErrorCatalogue.find(code)
                .map(ErrorView::of)
                .orElseThrow(() -> HostException.of(RequestError.RESOURCE_UNKNOWN));
    }
}
