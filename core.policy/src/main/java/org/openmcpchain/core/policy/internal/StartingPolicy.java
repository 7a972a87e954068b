/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The limits of the starting policy. Whatever they do not allow is denied. */
@ObjectClassDefinition(
        name = "Starting policy",
        description =
                "What agents may do. Default deny: a network, a contract or a provider that is not allowed here or"
                        + " by a grant is refused. Amounts are whole numbers in base units.")
public @interface StartingPolicy {

    /** Networks on which transactions may be signed. */
    @AttributeDefinition(
            name = "Networks",
            description = "CAIP-2 names of the networks on which transactions may be signed, for example eip155:31337."
                    + " Empty: none, so nothing is ever signed.",
            required = false)
    String[] networks() default {};

    /** Cap for the value of one transaction. */
    @AttributeDefinition(
            name = "Value cap",
            description = "The most that one transaction may send along, in wei of the network's coin. 0: no value at"
                    + " all. Default: 1 coin with 18 decimals.")
    String maxValuePerTransaction() default "1000000000000000000";

    /** Cap for the gas of one transaction. */
    @AttributeDefinition(
            name = "Gas cap",
            description =
                    "The most gas units that one transaction may use. 0: no transaction at all. Default 1,000,000,"
                            + " several times what a swap or a mint needs.")
    String maxGasPerTransaction() default "1000000";

    /** Cap for the fee per gas unit. */
    @AttributeDefinition(
            name = "Fee cap",
            description = "The most wei that one gas unit may cost. 0: no transaction at all. Default 500 gwei, so that"
                    + " a fee spike cannot empty an account.")
    String maxFeePerGas() default "500000000000";

    /** Inference providers that may be asked. */
    @AttributeDefinition(
            name = "Inference providers",
            description = "Ids of the inference providers that may be asked; * for every provider that is plugged in."
                    + " Empty: none.")
    String[] inferenceProviders() default {"*"};

    /** Whether bundles may be installed. */
    @AttributeDefinition(
            name = "Installations",
            description = "Whether bundles may be installed from the marketplace while the host runs.")
    boolean installs() default true;

    /** Whether the configuration may be changed. */
    @AttributeDefinition(
            name = "Configuration",
            description = "Whether the configuration may be changed while the host runs.")
    boolean configuration() default true;
}
