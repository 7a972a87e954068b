/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.HashSet;
import java.util.Set;
import org.openmcpchain.config.ConfiguredPid.Source;

/**
 * Reads {@code openmcp.env}: lines of {@code NAME=VALUE}, empty lines and comments that begin with {@code #}. A value is
 * everything behind the first equals sign, without the blanks around it; a value in single or double quotes is what stands
 * between them. Nothing is expanded.
 */
final class EnvFileLayer {

    private final String name;
    private final Layers.Builder layers;

    EnvFileLayer(String name, Layers.Builder layers) {
        this.name = name;
        this.layers = layers;
    }

    void read(String text) {
        Set<String> seen = new HashSet<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            String place = name + ":" + ++number;
            String line = raw.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                line(line, place, seen);
            }
        }
    }

    private void line(String line, String place, Set<String> seen) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            layers.problem(Problem.unreadable(place, "must be NAME=VALUE"));
            return;
        }
        String variable = line.substring(0, equals).strip();
        if (!variable.startsWith(Layers.Variable.PREFIX)) {
            layers.problem(Problem.unknownKey("", variable, place));
        } else if (!seen.add(variable)) {
            layers.problem(Problem.invalid("", variable, "", "is written twice", place));
        } else {
            String value = unquoted(line.substring(equals + 1).strip());
            layers.variable(variable, Given.plain(value, Source.ENV_FILE, place));
        }
    }

    private static String unquoted(String value) {
        int last = value.length() - 1;
        boolean quoted = last > 0
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(0) == value.charAt(last);
        return quoted ? value.substring(1, last) : value;
    }
}
