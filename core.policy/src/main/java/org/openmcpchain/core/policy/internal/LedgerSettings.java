/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the ledgers count. What they enforce, the caps, is part of the policy. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: ledgers",
        description = "Reservations and what was spent under the caps of the policy.")
public @interface LedgerSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Greatest age of a price",
            description =
                    "A cap in money denies what it cannot value: a price that its source confirmed longer ago than"
                            + " this is no price. Unit: ISO 8601 duration. Default: PT1H, the usual heartbeat of a price feed.")
    String maxPriceAge() default "PT1H";

    /** See the description. */
    @AttributeDefinition(
            name = "Reconciliation",
            description = "How often open reservations are compared with the log of transactions and the state of their"
                    + " runs. Unit: ISO 8601 duration. Default: PT1M.")
    String reconcileEvery() default "PT1M";

    /** See the description. */
    @AttributeDefinition(
            name = "Grace after a run's end",
            description = "How long after the end of its run a reservation is kept when nothing was signed for it: a"
                    + " signer that is slow to answer may still be at work. Unit: ISO 8601 duration. Default: PT5M.")
    String releaseAfter() default "PT5M";
}
