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
import java.util.Set;
import javax.ws.rs.core.Application;
import org.openmcpchain.access.ApiKeys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationBase;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsName;

/**
 * The operators' API, published whole or not at all: an API without its key check is absent, not open. What its resources
 * speak to may come and go; while it is away they say so.
 */
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

    private final Set<Object> parts;

    /** The application over its resources; it exists only while the keys do. */
    @Activate
    public ApiApplication(
            @Reference ApiKeys keys,
            @Reference TasksResource tasks,
            @Reference EventsResource events,
            @Reference ToolsResource tools,
            @Reference MarketResource market,
            @Reference ProvidersResource providers,
            @Reference NetworksResource networks,
            @Reference JournalResource journal,
            @Reference ApprovalsResource approvals,
            @Reference PolicyResource policy,
            @Reference SessionsResource sessions,
            @Reference CollectResource collect,
            @Reference DeadLettersResource deadLetters,
            @Reference ReceiptKeysResource receiptKeys,
            @Reference KeysResource apiKeys,
            @Reference HealthResource health) {
        parts = Set.of(
                new KeyFilter(keys),
                new ScopeFilter(),
                new JsonBody(),
                new PolicyBody(),
                new ProblemMapper(),
                new ResponseTracer(),
                tasks,
                events,
                tools,
                market,
                providers,
                networks,
                journal,
                approvals,
                policy,
                sessions,
                collect,
                deadLetters,
                receiptKeys,
                apiKeys,
                health,
                new ErrorsResource(),
                new OpenApiResource());
    }

    @Override
    public Set<Object> getSingletons() {
        return parts;
    }
}
