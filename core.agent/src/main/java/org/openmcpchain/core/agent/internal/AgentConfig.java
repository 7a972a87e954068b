/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The limits of the agent loop. Durations are ISO-8601. */
@ObjectClassDefinition(
        id = AgentExecutor.PID,
        name = "OpenMCP-Chain: agent",
        description = "How far the agent may go on one goal, and how long it waits for what it needs.")
@interface AgentConfig {

    @AttributeDefinition(
            name = "Rounds",
            description = "How often the model is asked in one run. A run that still wants tools after that fails with"
                    + " RUN_ROUNDS_EXHAUSTED, so that a model which goes in circles does not cost money without end.",
            min = "1",
            max = "64")
    int maxRounds() default 8;

    @AttributeDefinition(
            name = "Tool calls in a round",
            description =
                    "How many tool calls of one reply are made. The others are refused with TOOL_CALLS_EXCEEDED, and the model may"
                            + " make them in the next round.",
            min = "1",
            max = "16")
    int maxToolCallsPerRound() default 4;

    @AttributeDefinition(
            name = "Inference deadline",
            description = "How long the model may take for one reply, as ISO-8601 duration: PT60S is one minute.")
    String inferenceDeadline() default "PT60S";

    @AttributeDefinition(
            name = "Inference attempts",
            description =
                    "How often one round is asked when the provider fails with a code that is retryable, for example because it was"
                            + " replaced while it answered. 1: never again.",
            min = "1",
            max = "5")
    int inferenceAttempts() default 2;

    @AttributeDefinition(
            name = "Provider patience",
            description =
                    "How long a run waits for an inference provider when there is none at the moment, as ISO-8601 duration.")
    String providerPatience() default "PT10S";

    @AttributeDefinition(
            name = "Default network",
            description =
                    "The CAIP-2 name of the network for runs that name none, for example eip155:31337. Empty: the only network there"
                            + " is; with several, a tool that needs one fails with CHAIN_UNKNOWN.",
            required = false)
    String defaultNetwork() default "";

    @AttributeDefinition(
            name = "Start patience",
            description =
                    "How long the first step of a run waits until the host has started all its bundles, until the run's network is"
                            + " there, and, after a restart, until the tool of a call that was begun is there; as ISO-8601 duration.")
    String startPatience() default "PT30S";

    @AttributeDefinition(
            name = "Outcome poll",
            description =
                    "How often a transaction whose outcome is not known yet is looked at again, as ISO-8601 duration. It is looked"
                            + " at until the run's deadline; nothing is sent a second time.")
    String outcomePoll() default "PT2S";

    @AttributeDefinition(
            name = "Context tokens",
            description =
                    "How many tokens the summary, the memory, the knowledge cards and the earlier turns of a session may take in"
                            + " front of a goal, as a rule of thumb. 0: a model is told nothing but the goal.",
            min = "0",
            max = "32000")
    int contextTokens() default 8_000;

    @AttributeDefinition(
            name = "Output tokens",
            description =
                    "How many tokens are reserved for a reply before a model is asked whose provider sets no limit of its own; what it"
                            + " really used is settled afterwards.",
            min = "1",
            max = "1000000")
    int outputTokens() default 4_096;
}
