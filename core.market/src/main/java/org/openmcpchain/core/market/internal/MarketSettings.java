/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How patient the marketplace is with bundles and with itself. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain marketplace",
        description = "Installation and removal of bundles from the marketplace.")
@interface MarketSettings {

    @AttributeDefinition(
            name = "Time to start",
            description =
                    "How long the start of a new bundle may take. A start that never ends cannot be broken off: after"
                            + " this time the caller is told, and no other change is made until it ends or the host is restarted."
                            + " Milliseconds.",
            min = "1")
    int startMillis() default 30_000;

    @AttributeDefinition(
            name = "Time to settle",
            description = "How long a new bundle has until its components are up; after that the installation is"
                    + " undone. Milliseconds.",
            min = "1")
    int settleMillis() default 10_000;

    @AttributeDefinition(
            name = "Time to wait for another change",
            description = "Changes are made one at a time; how long one waits for the one before it, and for the"
                    + " host to finish its start. Milliseconds; 0: do not wait.",
            min = "0")
    int waitMillis() default 30_000;
}
