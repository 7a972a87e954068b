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
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.openmcpchain.access.Scope;
import org.openmcpchain.inference.InferenceProviders;
import org.openmcpchain.inference.ProviderInfo;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Who answers when the agent asks. */
@Component(service = ProvidersResource.class)
@Path("/providers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inference")
public final class ProvidersResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile InferenceProviders providers;

    @Schema(name = "ProviderList")
    record ProviderList(List<ProviderInfo> items) {}

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists the inference providers, the preferred one first")
    public ProviderList list() {
        return new ProviderList(Part.present(providers, "inference").list());
    }
}
