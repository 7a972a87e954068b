/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Development chain",
        description =
                "A local chain with real contracts. Its mnemonic is public: never send anything of value to its accounts.")
@interface DevnetConfig {

    @AttributeDefinition(name = "anvil", description = "Path of the anvil binary. Empty: bin/anvil in the cache.")
    String binary() default "";

    @AttributeDefinition(
            name = "Cache",
            description =
                    "Folder with bin/anvil and contracts/, filled by cnf/fetch/fetch.sh. Empty: the system property or"
                            + " environment variable OPENMCP_CACHE.")
    String cache() default "";

    @AttributeDefinition(
            name = "Folder",
            description = "Where the chain's state, its address book and the record of the running process are kept."
                    + " Empty: the bundle's private storage.")
    String folder() default "";

    @AttributeDefinition(
            name = "Port",
            description = "Loopback port of the node. 0: the port of the last start, or a free one.",
            min = "0",
            max = "65535")
    int port() default 0;

    @AttributeDefinition(
            name = "Start timeout",
            description = "Seconds until a node that does not answer is given up.",
            min = "1",
            max = "300")
    int startTimeoutSeconds() default 20;

    @AttributeDefinition(
            name = "Prices",
            description = "USD prices that the price feeds answer and the pools start with, each SYMBOL=decimal number,"
                    + " with at most 8 decimal places; ETH, USDC and DAI are needed.")
    String[] prices() default {"ETH=3000", "USDC=1", "DAI=1"};

    @AttributeDefinition(
            name = "Feed heartbeat",
            description = "Seconds after which a price feed is answered anew although its price did not change, so that"
                    + " readers which check the age find it fresh.",
            min = "10",
            max = "86400")
    int feedHeartbeatSeconds() default 900;
}
