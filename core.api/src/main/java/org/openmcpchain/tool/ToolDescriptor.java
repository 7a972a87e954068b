/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import java.util.List;
import org.openmcpchain.market.BundleRef;

/**
 * One operation of an installed tool, as agents and people see it.
 *
 * @param name the public name, for example {@code dex_swap}: at most 64 of {@code [a-z0-9_]}
 * @param description what it does and when to use it
 * @param effect what a call does to the world
 * @param inputSchema JSON Schema (draft 2020-12) of the arguments, as JSON text; a top-level {@code examples} keyword
 *     is not used, see {@code examples}
 * @param examples goals with fitting arguments
 * @param deadlineSeconds how long a call may take
 * @param bundle the bundle that it comes from
 */
public record ToolDescriptor(
        String name,
        String description,
        Effect effect,
        String inputSchema,
        List<GoalExample> examples,
        int deadlineSeconds,
        BundleRef bundle) {

    /** Copies the examples. */
    public ToolDescriptor {
        examples = List.copyOf(examples);
    }

    /**
     * A goal and the arguments that fit it.
     *
     * @param goal the goal in a person's words
     * @param arguments the arguments as JSON text
     */
    public record GoalExample(String goal, String arguments) {}
}
