/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;

/** Reads configuration values that Metatype has no type for. */
final class SettingText {

    private SettingText() {}

    /** A duration of at least a millisecond. Error: {@code CONFIG_INVALID}. */
    static Duration duration(String key, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.toMillis() > 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw HostException.caused(e, ConfigError.CONFIG_INVALID, "key", key, "value", text, "rule", "PT10M");
        }
        throw HostException.of(ConfigError.CONFIG_INVALID, "key", key, "value", text, "rule", "longer than zero");
    }
}
