/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.List;

/**
 * What a tool's own examples teach about one of its arguments.
 *
 * @param contexts the neighbourhoods of its values
 * @param role the side of an exchange that its values stand on, as far as the examples agree
 * @param position where in a sentence its values stand on average, 0 to 1; negative when never seen
 * @param unit the argument that holds the asset which this amount is an amount of, or null
 * @param values its values in the examples, as texts
 */
record Learned(List<Context> contexts, Role role, double position, String unit, List<String> values) {

    static final Learned NOTHING = new Learned(List.of(), Role.NONE, -1, null, List.of());

    /** Copies the lists. */
    Learned {
        contexts = List.copyOf(contexts);
        values = List.copyOf(values);
    }
}
