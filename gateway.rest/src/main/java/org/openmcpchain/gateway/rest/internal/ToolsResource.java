/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.tool.ToolCatalogue;
import org.openmcpchain.tool.ToolDescriptor;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What agents can call at this moment. */
@Component(service = ToolsResource.class)
@Path("/tools")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tools")
public final class ToolsResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ToolCatalogue catalogue;

    @Schema(name = "Tool", description = "One operation of an installed tool.")
    record ToolView(
            @Schema(example = "dex_swap") String name,
            String description,
            @Schema(description = "READ, EXTERNAL or TRANSACTION.") String effect,
            @Schema(description = "JSON Schema (draft 2020-12) of the arguments.", type = "object")
                    JsonNode inputSchema,
            List<ExampleView> examples,
            int deadlineSeconds,
            BundleRef bundle) {

        static ToolView of(ToolDescriptor tool) {
            return new ToolView(
                    tool.name(),
                    tool.description(),
                    tool.effect().name(),
                    TaskDtos.tree(tool.inputSchema()),
                    tool.examples().stream()
                            .map(example -> new ExampleView(example.goal(), TaskDtos.tree(example.arguments())))
                            .toList(),
                    tool.deadlineSeconds(),
                    tool.bundle());
        }
    }

    @Schema(name = "ToolExample", description = "A goal and the arguments that fit it.")
    record ExampleView(String goal, @Schema(type = "object") JsonNode arguments) {}

    @Schema(name = "ToolList")
    record ToolList(List<ToolView> items) {}

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists the tools")
    public ToolList list() {
        return new ToolList(catalogue().list().stream().map(ToolView::of).toList());
    }

    @GET
    @Path("/{name}")
    @Needs(Scope.READ)
    @Operation(summary = "Shows a tool")
    public ToolView show(@PathParam("name") String name) {
        return catalogue().find(name).map(ToolView::of).orElseThrow(() -> HostException.of(ToolError.TOOL_UNKNOWN));
    }

    private ToolCatalogue catalogue() {
        return Part.present(catalogue, "tools");
    }
}
