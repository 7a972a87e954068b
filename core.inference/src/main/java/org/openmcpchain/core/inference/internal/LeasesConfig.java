/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How inference providers are chosen and let go. */
@ObjectClassDefinition(
        id = Leases.PID,
        name = "OpenMCP-Chain: inference leases",
        description =
                "Which inference provider answers, and how long one that is being removed may finish its answers.")
@interface LeasesConfig {

    @AttributeDefinition(
            name = "Preferred provider",
            description =
                    "The id of the provider that answers whenever a run does not name one. While it is away, runs wait and then"
                            + " fail: no other provider takes its place, because a goal that is meant for a local model must not"
                            + " reach a remote one by accident. Empty: the provider with the highest service.ranking.",
            required = false)
    String provider() default "";

    @AttributeDefinition(
            name = "Drain time (seconds)",
            description =
                    "How long a provider that is being removed or replaced waits for the answers that it is working on. Calls"
                            + " that take longer are interrupted and fail with INFERENCE_LOST. 0: they are interrupted at once.",
            min = "0",
            max = "600")
    int drainSeconds() default 10;

    @AttributeDefinition(
            name = "Calls at the same time",
            description =
                    "How many calls may be under way at the same time, over all providers. Further ones wait for a place within"
                            + " their own deadline. It bounds the threads that slow models can hold.",
            min = "1",
            max = "10000")
    int maxCalls() default 256;
}
