/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;

/** How problems are put into words. */
final class Problem {

    /** Stands for a value that is not shown. */
    static final String HIDDEN = "(hidden)";

    private Problem() {}

    static ConfigProblem unreadable(String place, String rule) {
        return new ConfigProblem(ConfigError.CONFIG_UNREADABLE, "", "", "", rule, place);
    }

    static ConfigProblem missing(String pid, String key) {
        return new ConfigProblem(ConfigError.CONFIG_MISSING, pid, key, "", "is required and has no default", "");
    }

    static ConfigProblem unknownKey(String pid, String key, String place) {
        return new ConfigProblem(
                ConfigError.CONFIG_UNKNOWN_KEY, pid, key, "", "is not a key of this configuration", place);
    }

    static ConfigProblem invalid(String pid, String key, String value, String rule, String place) {
        return new ConfigProblem(ConfigError.CONFIG_INVALID, pid, key, value, rule, place);
    }

    static ConfigProblem refused(String pid, HostException error) {
        return new ConfigProblem(error.code(), pid, "", "", error.plainText(), "");
    }
}
