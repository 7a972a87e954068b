/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;

/** The starting policy's limits, read and checked once. */
record PolicySettings(
        Set<String> networks,
        BigInteger maxValuePerTransaction,
        BigInteger maxGasPerTransaction,
        BigInteger maxFeePerGas,
        Set<String> inferenceProviders,
        boolean installs,
        boolean configuration) {

    static PolicySettings of(StartingPolicy config) {
        return new PolicySettings(
                texts(config.networks()),
                number("maxValuePerTransaction", config.maxValuePerTransaction()),
                number("maxGasPerTransaction", config.maxGasPerTransaction()),
                number("maxFeePerGas", config.maxFeePerGas()),
                texts(config.inferenceProviders()),
                config.installs(),
                config.configuration());
    }

    private static Set<String> texts(String... values) {
        return Arrays.stream(values)
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static BigInteger number(String key, String text) {
        try {
            BigInteger value = new BigInteger(text.trim());
            if (value.signum() >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw HostException.caused(
                    e, PolicyError.POLICY_INVALID, "key", key, "rule", "a whole number in base units");
        }
        throw HostException.of(PolicyError.POLICY_INVALID, "key", key, "rule", "not negative");
    }
}
