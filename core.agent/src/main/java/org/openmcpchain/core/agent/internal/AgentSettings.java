/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;

/** {@link AgentConfig}, read and checked. */
record AgentSettings(
        int maxRounds,
        int maxToolCalls,
        Duration inferenceDeadline,
        int inferenceAttempts,
        Duration providerPatience,
        Optional<String> defaultNetwork,
        Duration startPatience,
        Duration outcomePoll,
        int contextTokens,
        int outputTokens) {

    /** Error: {@code CONFIG_INVALID}. */
    static AgentSettings of(AgentConfig config) {
        return new AgentSettings(
                config.maxRounds(),
                config.maxToolCallsPerRound(),
                duration("inferenceDeadline", config.inferenceDeadline()),
                config.inferenceAttempts(),
                duration("providerPatience", config.providerPatience()),
                network(config.defaultNetwork()),
                duration("startPatience", config.startPatience()),
                duration("outcomePoll", config.outcomePoll()),
                config.contextTokens(),
                config.outputTokens());
    }

    private static Duration duration(String key, String text) {
        try {
            Duration duration = Duration.parse(text.trim());
            if (!duration.isNegative() && duration.compareTo(Duration.ofHours(24)) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw invalid(key, "not an ISO-8601 duration of at most PT24H");
    }

    private static Optional<String> network(String text) {
        try {
            return Optional.of(text.trim())
                    .filter(Predicate.not(String::isEmpty))
                    .map(id -> ChainId.parse(id).toString());
        } catch (IllegalArgumentException e) {
            throw invalid("defaultNetwork", "not a CAIP-2 name");
        }
    }

    private static HostException invalid(String key, String detail) {
        return HostException.of(ConfigError.CONFIG_INVALID, "pid", AgentExecutor.PID, "key", key, "detail", detail);
    }
}
