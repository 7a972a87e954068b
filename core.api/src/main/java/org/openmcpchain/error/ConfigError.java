/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong with configuration. */
public enum ConfigError implements ErrorCode {
    CONFIG_MISSING(ErrorTraits.invalid("A required configuration key is missing", "Set the named key")),
    CONFIG_INVALID(ErrorTraits.invalid(
            "A configuration value breaks its rule", "Correct the named key according to the named rule")),
    CONFIG_UNKNOWN_KEY(ErrorTraits.invalid("A configuration key is not known", "Remove or rename the named key")),
    CONFIG_UNREADABLE(
            ErrorTraits.invalid("A configuration file cannot be read", "Correct the file at the named place"));

    private final ErrorTraits traits;

    ConfigError(ErrorTraits traits) {
        this.traits = traits;
    }

    @Override
    public Category category() {
        return traits.category();
    }

    @Override
    public boolean retryable() {
        return traits.retryable();
    }

    @Override
    public int httpStatus() {
        return traits.httpStatus();
    }

    @Override
    public GrpcStatus grpcStatus() {
        return traits.grpcStatus();
    }

    @Override
    public String summary() {
        return traits.summary();
    }

    @Override
    public String remedy() {
        return traits.remedy();
    }
}
