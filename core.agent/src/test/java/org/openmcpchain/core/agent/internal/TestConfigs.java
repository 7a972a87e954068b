/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.lang.annotation.Annotation;

/** Configurations as DS would hand them over. */
final class TestConfigs {

    private TestConfigs() {}

    static Tools tools(int drainSeconds) {
        return new Tools(drainSeconds);
    }

    static Agent agent() {
        return new Agent(8, 4, "PT10S", 2, "PT1S", "", "PT0.2S", "PT0.01S", 8_000, 4_096);
    }

    record Tools(int drainSeconds) implements ToolsConfig {
        @Override
        public Class<? extends Annotation> annotationType() {
            return ToolsConfig.class;
        }
    }

    record Agent(
            int maxRounds,
            int maxToolCallsPerRound,
            String inferenceDeadline,
            int inferenceAttempts,
            String providerPatience,
            String defaultNetwork,
            String startPatience,
            String outcomePoll,
            int contextTokens,
            int outputTokens)
            implements AgentConfig {

        Agent withRounds(int rounds) {
            return new Agent(
                    rounds,
                    maxToolCallsPerRound,
                    inferenceDeadline,
                    inferenceAttempts,
                    providerPatience,
                    defaultNetwork,
                    startPatience,
                    outcomePoll,
                    contextTokens,
                    outputTokens);
        }

        Agent withNetwork(String id) {
            return new Agent(
                    maxRounds,
                    maxToolCallsPerRound,
                    inferenceDeadline,
                    inferenceAttempts,
                    providerPatience,
                    id,
                    startPatience,
                    outcomePoll,
                    contextTokens,
                    outputTokens);
        }

        Agent withDeadline(String duration) {
            return new Agent(
                    maxRounds,
                    maxToolCallsPerRound,
                    duration,
                    inferenceAttempts,
                    providerPatience,
                    defaultNetwork,
                    startPatience,
                    outcomePoll,
                    contextTokens,
                    outputTokens);
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return AgentConfig.class;
        }
    }
}
