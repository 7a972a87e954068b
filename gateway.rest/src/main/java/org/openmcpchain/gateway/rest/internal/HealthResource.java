/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.openmcpchain.access.Scope;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.inference.InferenceProviders;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.market.Marketplace;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.run.Runs;
import org.openmcpchain.tool.ToolCatalogue;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether the host lives, and whether it can work. */
@Component(service = HealthResource.class)
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "health")
public final class HealthResource {

    private final List<Chain> chains = new CopyOnWriteArrayList<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Runs runs;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Journal journal;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PolicyGate gate;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ToolCatalogue tools;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Marketplace marketplace;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile InferenceProviders providers;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindChain(Chain chain) {
        chains.add(chain);
    }

    void unbindChain(Chain chain) {
        chains.remove(chain);
    }

    @Schema(name = "Liveness")
    record Liveness(@Schema(example = "up") String status) {}

    @Schema(name = "Readiness", description = "Which parts are there.")
    record Readiness(
            @Schema(description = "ready or not-ready") String status,
            @Schema(description = "Each part: up, or what is missing.") Map<String, String> parts) {}

    @GET
    @Path("/live")
    @Open
    @SecurityRequirements
    @Operation(summary = "Says that the host lives", description = "The one answer that needs no key.")
    public Liveness live() {
        return new Liveness("up");
    }

    @GET
    @Path("/ready")
    @Needs(Scope.READ)
    @Operation(
            summary = "Says whether the host can work",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "Every part is there",
                        content = @Content(schema = @Schema(implementation = Readiness.class))),
                @ApiResponse(
                        responseCode = "503",
                        description = "A part is missing",
                        content = @Content(schema = @Schema(implementation = Readiness.class)))
            })
    public Response ready() {
        Map<String, String> parts = new TreeMap<>();
        parts.put("runs", presence(runs));
        parts.put("journal", presence(journal));
        parts.put("policy", presence(gate));
        parts.put("tools", presence(tools));
        parts.put("marketplace", installed());
        parts.put("inference", providers == null || providers.list().isEmpty() ? "no provider" : "up");
        parts.put("network", networks());
        boolean ready = parts.values().stream().allMatch("up"::equals);
        return Response.status(ready ? 200 : 503)
                .entity(new Readiness(ready ? "ready" : "not-ready", parts))
                .build();
    }

    /** After a restart the bundles from the marketplace start last; before that a goal would not find its tool. */
    private String installed() {
        Marketplace present = marketplace;
        if (present == null) {
            return "missing";
        }
        return present.installed().stream()
                .filter(bundle -> !bundle.state().equals("ACTIVE"))
                .map(bundle -> bundle.bundle() + " is " + bundle.state())
                .findFirst()
                .orElse("up");
    }

    private String networks() {
        if (chains.isEmpty()) {
            return "no network";
        }
        for (Chain chain : chains) {
            ChainStatus status = chain.status();
            if (!status.reachable()) {
                return chain.network().id() + ": " + status.detail();
            }
        }
        return "up";
    }

    private static String presence(Object service) {
        return service == null ? "missing" : "up";
    }
}
