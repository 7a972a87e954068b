/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import javax.ws.rs.Consumes;
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
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.gateway.rest.internal.ApprovalDtos.ApprovalPage;
import org.openmcpchain.gateway.rest.internal.ApprovalDtos.ApprovalView;
import org.openmcpchain.gateway.rest.internal.ApprovalDtos.Approving;
import org.openmcpchain.gateway.rest.internal.ApprovalDtos.Rejecting;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What the policy puts before people, and their answers. */
@Component(service = ApprovalsResource.class)
@Path("/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "approvals")
public final class ApprovalsResource {

    private static final int MAX_COMMENT = 1000;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Approvals approvals;

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists approvals, newest first")
    public ApprovalPage list(
            @Parameter(description = "Only approvals in these states, separated by commas.") @QueryParam("state")
                    String state,
            @Parameter(description = "How many to leave out.") @QueryParam("offset") String offset,
            @Parameter(description = "How many at most, 1 to 200; 50 when absent.") @QueryParam("limit") String limit) {
        Set<Approval.State> states = Query.words(Approval.State.class, "state", state);
        return ApprovalDtos.of(approvals()
                .list(
                        states,
                        Query.number("offset", offset, 0, 0, Integer.MAX_VALUE),
                        Query.number("limit", limit, 50, 1, 200)));
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.READ)
    @Operation(summary = "Shows an approval", description = "With the decoded intent in plain words.")
    public ApprovalView show(@PathParam("id") String id) {
        return approvals()
                .find(id)
                .map(ApprovalDtos::of)
                .orElseThrow(() -> HostException.of(PolicyError.APPROVAL_UNKNOWN));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/{id}/approve")
    @Needs(Scope.APPROVE)
    @Operation(
            summary = "Says yes",
            description = "For the caller, to the very intent whose hash is sent. The run goes on once enough people"
                    + " did. A repetition changes nothing: it is answered with APPROVAL_ALREADY_VOTED or"
                    + " APPROVAL_ALREADY_DECIDED.")
    public ApprovalView approve(@PathParam("id") String id, Approving yes, @Context SecurityContext security) {
        if (yes.intentHash() == null) {
            throw Query.invalid("intentHash", "required: the intentHash of the approval");
        }
        String comment = Query.text("comment", yes.comment(), MAX_COMMENT);
        return ApprovalDtos.of(approvals()
                .approve(id, Caller.of(security).getName(), yes.intentHash(), comment == null ? "" : comment));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/{id}/reject")
    @Needs(Scope.APPROVE)
    @Operation(summary = "Says no", description = "One no is enough; the run ends with the reason.")
    public ApprovalView reject(@PathParam("id") String id, Rejecting no, @Context SecurityContext security) {
        String reason = Query.text("reason", no.reason(), MAX_COMMENT);
        if (reason == null || reason.isBlank()) {
            throw Query.invalid("reason", "required, at most 1,000 characters");
        }
        return ApprovalDtos.of(approvals().reject(id, Caller.of(security).getName(), reason));
    }

    private Approvals approvals() {
        return Part.present(approvals, "approvals");
    }
}
