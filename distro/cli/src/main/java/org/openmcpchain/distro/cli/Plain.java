/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import java.util.stream.Collectors;

/** Text from strangers, safe to print: nothing in it steers a terminal. */
final class Plain {

    private Plain() {}

    /** One line. */
    static String line(String text) {
        return text.replaceAll("\\s", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}]", "?");
    }

    /** Several lines. */
    static String lines(String text) {
        return text.lines().map(Plain::line).collect(Collectors.joining(System.lineSeparator()));
    }
}
