/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.Optional;

/**
 * A PID in its two parts.
 *
 * @param described the PID under which a bundle describes it; for an instance of a factory, the factory PID
 * @param instance which instance of a factory it is, or empty for a PID of which there is one
 */
record Pid(String described, Optional<String> instance) implements Comparable<Pid> {

    private static final char SEPARATOR = '~';

    static Pid of(String text) {
        int separator = text.indexOf(SEPARATOR);
        return separator < 0
                ? new Pid(text, Optional.empty())
                : new Pid(text.substring(0, separator), Optional.of(text.substring(separator + 1)));
    }

    static Pid of(String factory, String instance) {
        return new Pid(factory, Optional.of(instance));
    }

    @Override
    public int compareTo(Pid other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return instance.map(name -> described + SEPARATOR + name).orElse(described);
    }
}
