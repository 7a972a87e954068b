/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.ApiKeys;
import org.openmcpchain.access.IssuedKey;
import org.openmcpchain.access.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The API keys of this host. */
@Component(service = KeysResource.class)
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public final class KeysResource {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@ -]{0,63}");

    private final ApiKeys keys;

    /** A resource over the same keys that the filter checks. */
    @Activate
    public KeysResource(@Reference ApiKeys keys) {
        this.keys = keys;
    }

    @Schema(name = "NewKey", description = "Whom a key is for, and what it allows.")
    record NewKey(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
            @Schema(description = "READ, RUN, APPROVE or ADMIN.", requiredMode = Schema.RequiredMode.REQUIRED)
                    List<String> scopes) {}

    @Schema(name = "Key", description = "An API key without its secret.")
    record KeyView(String id, String name, Set<String> scopes, String issuedAt, boolean revoked) {

        static KeyView of(ApiKeyInfo info) {
            Set<String> scopes = new TreeSet<>();
            info.scopes().forEach(scope -> scopes.add(scope.name()));
            return new KeyView(info.id(), info.name(), scopes, info.issuedAt().toString(), info.revoked());
        }
    }

    @Schema(name = "IssuedKey", description = "A fresh key: the only time that it can be seen.")
    record IssuedView(@Schema(description = "The whole key; keep it safe.") String key, KeyView info) {}

    @Schema(name = "KeyList")
    record KeyList(List<KeyView> items) {}

    @GET
    @Needs(Scope.ADMIN)
    @Operation(summary = "Lists the API keys")
    public KeyList list() {
        return new KeyList(keys.list().stream().map(KeyView::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Issues an API key",
            responses =
                    @ApiResponse(
                            responseCode = "201",
                            description = "The key, shown once",
                            content = @Content(schema = @Schema(implementation = IssuedView.class))))
    public Response issue(NewKey wanted, @Context SecurityContext security) {
        if (wanted.name() == null || !NAME.matcher(wanted.name()).matches()) {
            throw Query.invalid("name", "1 to 64 letters, digits, spaces and . _ @ -");
        }
        IssuedKey issued = keys.issue(
                wanted.name(), scopes(wanted.scopes()), Caller.of(security).getName());
        return Response.status(201)
                .entity(new IssuedView(issued.key(), KeyView.of(issued.info())))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Needs(Scope.ADMIN)
    @Operation(summary = "Revokes an API key at once")
    public KeyView revoke(@PathParam("id") String id, @Context SecurityContext security) {
        return KeyView.of(keys.revoke(id, Caller.of(security).getName()));
    }

    private static Set<Scope> scopes(List<String> words) {
        if (words == null || words.isEmpty() || words.size() > Scope.values().length) {
            throw Query.invalid("scopes", "one or more of READ, RUN, APPROVE, ADMIN");
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : words) {
            scopes.add(Query.word(Scope.class, "scopes", word == null ? "" : word));
        }
        return scopes;
    }
}
