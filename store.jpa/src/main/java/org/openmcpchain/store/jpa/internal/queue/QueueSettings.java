/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How leases on work are kept. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: work queue",
        description = "What is due, and who works on it. The defaults suit one host over one database.")
public @interface QueueSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Heartbeat",
            description = "How often a lease is renewed on work that goes on. Unit: ISO-8601 duration. Default: PT1S.")
    String heartbeat() default "PT1S";

    /** See the description. */
    @AttributeDefinition(
            name = "Missed heartbeats",
            description =
                    "After how many missed heartbeats the host that held a lease is taken for dead, and its work is"
                            + " given to another. Unit: heartbeats. Default: 4.",
            min = "4",
            max = "1000")
    int missedHeartbeats() default 4;

    /** See the description. */
    @AttributeDefinition(
            name = "Polling",
            description =
                    "How often the database is asked for work that another host put in; a host's own work is known"
                            + " to it at once. Unit: ISO-8601 duration. Default: PT1S.")
    String polling() default "PT1S";
}
