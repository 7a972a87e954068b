/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.config;

import java.util.List;

/**
 * One PID that the operator configures.
 *
 * @param pid the PID; an instance of a factory reads {@code factoryPid~name}
 * @param state what became of it
 * @param settings its keys, ordered by name
 */
public record ConfiguredPid(String pid, State state, List<Setting> settings) {

    /** What became of a configured PID. */
    public enum State {
        /** Checked against its bundle's description and in force. */
        APPLIED,
        /** No installed bundle describes this PID yet; it is checked and applied when one does. */
        PENDING,
        /** Not in force: something is wrong with it, or with another PID of the same reading, or the gate refused it. */
        REFUSED
    }

    /** Copies the settings. */
    public ConfiguredPid {
        settings = List.copyOf(settings);
    }

    /**
     * One key.
     *
     * @param key the key
     * @param value the value as text, list values joined by commas; {@code (hidden)} when the key is a secret or
     *     when it is not known yet whether it is one
     * @param source where it comes from
     */
    public record Setting(String key, String value, Source source) {}

    /** Where a value comes from; a later one overrides an earlier one. */
    public enum Source {
        /** The bundle's own default. */
        DEFAULT,
        /** A {@code .cfg} file of the host, or its console. */
        ELSEWHERE,
        /** {@code openmcp.yaml} or {@code openmcp.json}. */
        FILE,
        /** {@code openmcp.env}. */
        ENV_FILE,
        /** An environment variable of the host's process. */
        ENVIRONMENT
    }
}
