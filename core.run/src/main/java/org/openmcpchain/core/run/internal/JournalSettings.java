/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the journal writes and delivers. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: journal",
        description = "One thread writes; concurrent appends share one force to disk.")
public @interface JournalSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Batch limit",
            description = "Writes that share one database transaction at most; more means fewer forces under load and a"
                    + " longer wait for the first of them. Unit: writes. Default: 1024.",
            min = "1",
            max = "65536")
    int batchLimit() default 1024;

    /** See the description. */
    @AttributeDefinition(
            name = "Queue size",
            description = "Size of all writes that wait or are under way; a write that finds no room waits for it."
                    + " Bounds the memory of the journal. Unit: MiB. Default: 64.",
            min = "16",
            max = "4096")
    int queueMebibytes() default 64;

    /** See the description. */
    @AttributeDefinition(
            name = "Acknowledge time-out",
            description = "How long a write waits for room and for its acknowledgement before it fails with"
                    + " JOURNAL_UNAVAILABLE; the longest stall of the database that is ridden out."
                    + " Unit: ISO-8601 duration. Default: PT60S.")
    String acknowledgeTimeout() default "PT60S";

    /** See the description. */
    @AttributeDefinition(
            name = "Subscription limit",
            description = "Subscriptions that are open at once at most; each may hold one thread while its consumer is"
                    + " slow. Unit: subscriptions. Default: 512.",
            min = "1",
            max = "4096")
    int subscriptionLimit() default 512;
}
