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
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The public keys that receipts verify with, old ones included. */
@Component(service = ReceiptKeysResource.class)
@Path("/receipt-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "proofs")
public final class ReceiptKeysResource {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ReceiptIssuer issuer;

    @Schema(name = "ReceiptKeyList")
    record ReceiptKeyList(List<ReceiptKey> items) {}

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists the public keys of receipts, the current one first")
    public ReceiptKeyList list() {
        return new ReceiptKeyList(Part.present(issuer, "receipts").keys());
    }
}
