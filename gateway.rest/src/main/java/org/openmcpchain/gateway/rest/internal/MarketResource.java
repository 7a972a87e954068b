/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.SecurityContext;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.InstallRequest;
import org.openmcpchain.market.InstalledBundle;
import org.openmcpchain.market.Listing;
import org.openmcpchain.market.Marketplace;
import org.openmcpchain.market.Permission;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Browse, install and remove. An installation answers when the bundle works, or when the host is as it was. */
@Component(service = MarketResource.class)
@Path("/market")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "market")
public final class MarketResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Marketplace marketplace;

    @Schema(name = "Installation", description = "What to install, and what to allow it.")
    record Installation(
            @Schema(description = "The exact version; the newest when absent.") String version,
            @Schema(description = "Whether the permissions of the listing are granted.") Boolean grantPermissions) {}

    @Schema(name = "ListingPage")
    record ListingPage(List<Listing> items) {}

    @Schema(name = "Installed", description = "A bundle that was installed from the marketplace.")
    record Installed(
            BundleRef bundle, String state, List<Permission> permissions, String installedBy, String installedAt) {

        static Installed of(InstalledBundle bundle) {
            return new Installed(
                    bundle.bundle(),
                    bundle.state(),
                    bundle.permissions(),
                    bundle.installedBy(),
                    bundle.installedAt().toString());
        }
    }

    @Schema(name = "InstalledList")
    record InstalledList(List<Installed> items) {}

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Searches the marketplace")
    public ListingPage search(
            @Parameter(description = "Words that id, title or summary must hold.") @QueryParam("q") String text) {
        String query = Query.text("q", text, 200);
        return new ListingPage(marketplace().listings(query == null ? "" : query));
    }

    @GET
    @Path("/installed")
    @Needs(Scope.READ)
    @Operation(summary = "Lists what is installed from the marketplace")
    public InstalledList installed() {
        return new InstalledList(
                marketplace().installed().stream().map(Installed::of).toList());
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.READ)
    @Operation(summary = "Shows the newest version of a listing")
    public Listing show(@PathParam("id") String id) {
        return marketplace().listing(id).orElseThrow(() -> HostException.of(MarketError.LISTING_UNKNOWN));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/{id}/install")
    @Needs(Scope.ADMIN)
    @Operation(summary = "Installs a bundle while the host runs")
    public Installed install(@PathParam("id") String id, Installation installation, @Context SecurityContext security) {
        return Installed.of(marketplace()
                .install(new InstallRequest(
                        id,
                        Optional.ofNullable(Query.text("version", installation.version(), 64)),
                        Boolean.TRUE.equals(installation.grantPermissions()),
                        Caller.of(security).getName())));
    }

    @DELETE
    @Path("/{id}")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Removes a bundle while the host runs",
            responses = @ApiResponse(responseCode = "204", description = "Removed"))
    public void remove(@PathParam("id") String id, @Context SecurityContext security) {
        marketplace().remove(id, Caller.of(security).getName());
    }

    private Marketplace marketplace() {
        return Part.present(marketplace, "marketplace");
    }
}
