/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How approvals are kept. Who is asked, and for how long, is part of the policy. */
@ObjectClassDefinition(name = "OpenMCP-Chain: approvals", description = "Questions that the gate puts to people.")
public @interface ApprovalSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Keep",
            description = "How long a closed approval stays in the list; afterwards it is found in the journal only."
                    + " Unit: ISO 8601 duration. Default: P90D.")
    String keep() default "P90D";

    /** See the description. */
    @AttributeDefinition(
            name = "Sweep",
            description = "How often approvals are looked through for those whose run has ended or whose policy has"
                    + " changed, and runs that missed their answer are woken. Expiry does not wait for it. Unit: ISO"
                    + " 8601 duration. Default: PT10S.")
    String sweepEvery() default "PT10S";
}
