/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.openmcpchain.access.Scope;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.CapList;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.CapView;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.DryRunRequest;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.DryRunView;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.PolicyCheck;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.PolicyHistory;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.PolicyText;
import org.openmcpchain.gateway.rest.internal.PolicyDtos.PolicyView;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.policy.PolicyDocument;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The policy, its versions, drafts of it, and what its caps count. */
@Component(service = PolicyResource.class)
@Path("/policy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy")
public final class PolicyResource {

    private static final int MAX_ID = 128;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Policies policies;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Ledgers ledgers;

    @GET
    @Needs(Scope.READ)
    @Operation(
            summary = "Shows the policy in force",
            description = "ETag is its version; send it back as If-Match with an update.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The policy in force",
                            content = @Content(schema = @Schema(implementation = PolicyView.class))))
    public Response current() {
        return answer(policies().current());
    }

    @GET
    @Path("/history")
    @Needs(Scope.READ)
    @Operation(summary = "Lists every version, newest first")
    public PolicyHistory history() {
        return new PolicyHistory(
                policies().history().stream().map(PolicyView::of).toList());
    }

    @GET
    @Path("/{version: [0-9]+}")
    @Needs(Scope.READ)
    @Operation(summary = "Shows one version")
    public PolicyView version(@PathParam("version") String version) {
        return policies()
                .version(Query.position("version", version))
                .map(PolicyView::of)
                .orElseThrow(() -> HostException.of(RequestError.RESOURCE_UNKNOWN));
    }

    @PUT
    @Consumes({MediaType.APPLICATION_JSON, PolicyBody.YAML, PolicyBody.OLD_YAML, MediaType.TEXT_PLAIN})
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Puts a policy in force",
            description = "The very next intent is judged by it. The version that it was made from is named by"
                    + " If-Match or expectedVersion, so that nobody overwrites unseen what somebody else wrote. A draft"
                    + " that is not fit is refused, and the last good policy stays.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The policy in force",
                            content = @Content(schema = @Schema(implementation = PolicyView.class))))
    public Response update(
            PolicyText draft,
            @Parameter(description = "The version that the writer has read, in quotes.")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            @Parameter(description = "The same as a query parameter.") @QueryParam("expectedVersion") String expected,
            @Context SecurityContext security) {
        String text = text(draft.text());
        return answer(policies()
                .update(
                        expectedVersion(draft, ifMatch, expected),
                        text,
                        Caller.of(security).getName()));
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, PolicyBody.YAML, PolicyBody.OLD_YAML, MediaType.TEXT_PLAIN})
    @Path("/check")
    @Needs(Scope.READ)
    @Operation(summary = "Says what is wrong with a draft", description = "Nothing is put in force.")
    public PolicyCheck check(PolicyText draft) {
        List<String> problems = policies().check(text(draft.text()));
        return new PolicyCheck(problems.isEmpty(), problems);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/dry-run")
    @Needs(Scope.READ)
    @Operation(
            summary = "Judges the past by a draft",
            description = "Says which decisions would have been different. Nothing is reserved, held or carried out.")
    public DryRunView dryRun(DryRunRequest draft) {
        Policies.Scope past = new Policies.Scope(
                Optional.ofNullable(Query.text("run", draft.run(), MAX_ID)),
                Query.instant("since", draft.since()).orElse(Instant.EPOCH),
                Query.instant("until", draft.until()).orElseGet(Instant::now));
        if (!past.since().isBefore(past.until())) {
            throw Query.invalid("since", "before until");
        }
        return DryRunView.of(policies().dryRun(text(draft.text()), past));
    }

    @GET
    @Path("/caps")
    @Needs(Scope.READ)
    @Operation(summary = "Lists every cap with its use now")
    public CapList caps() {
        return new CapList(ledgers().usage().stream().map(CapView::of).toList());
    }

    @POST
    @Path("/caps/{id}/reset")
    @Needs(Scope.ADMIN)
    @Operation(summary = "Closes a fuse again that a budget has blown")
    public CapView reset(@PathParam("id") String id, @Context SecurityContext security) {
        return CapView.of(ledgers()
                .reset(Query.text("id", id, MAX_ID), Caller.of(security).getName()));
    }

    private static Response answer(PolicyDocument document) {
        return Response.ok(PolicyView.of(document))
                .tag(new EntityTag(Long.toString(document.version())))
                .build();
    }

    private static long expectedVersion(PolicyText draft, String ifMatch, String query) {
        Long expected = draft.expectedVersion();
        for (String named : new String[] {ifMatch == null ? null : ifMatch.replace("\"", ""), query}) {
            if (named != null) {
                long version = Query.position("expectedVersion", named.trim());
                if (expected != null && expected != version) {
                    throw Query.invalid("expectedVersion", "the same in the header, the query and the body");
                }
                expected = version;
            }
        }
        if (expected == null) {
            throw Query.invalid("expectedVersion", "required: the version that you have read, or If-Match");
        }
        return expected;
    }

    private static String text(String text) {
        if (text == null) {
            throw Query.invalid("text", "required: the policy as YAML");
        }
        return text;
    }

    private Policies policies() {
        return Part.present(policies, "policies");
    }

    private Ledgers ledgers() {
        return Part.present(ledgers, "ledgers");
    }
}
