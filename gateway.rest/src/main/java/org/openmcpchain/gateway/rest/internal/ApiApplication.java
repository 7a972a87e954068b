/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import javax.ws.rs.core.Application;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationBase;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsName;

/** The operators' API. Its parts come and go as whiteboard services. */
@Component(service = Application.class)
@JaxrsApplicationBase(ApiApplication.BASE)
@JaxrsName(ApiApplication.NAME)
@OpenAPIDefinition(
        info =
                @Info(
                        title = "OpenMCP-Chain",
                        version = "1",
                        description = "Goals in, receipts out. Every error is an RFC 9457 problem with a stable code.",
                        license = @License(name = "Apache-2.0")),
        servers = @Server(url = ApiApplication.BASE),
        security = @SecurityRequirement(name = "apiKey"))
@SecurityScheme(
        name = "apiKey",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "An API key that the operator issued.")
public final class ApiApplication extends Application {

    static final String NAME = "openmcp";
    static final String BASE = "/api/v1";
}
