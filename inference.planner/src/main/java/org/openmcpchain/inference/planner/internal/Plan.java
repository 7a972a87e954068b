/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.List;

/** What the planner makes of a goal. */
sealed interface Plan {

    /**
     * Call tools, one after the other.
     *
     * @param steps the calls
     * @param remark what of the goal is left out, or an empty text
     */
    record Calls(List<Step> steps, String remark) implements Plan {

        /** Copies the steps. */
        public Calls {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Ask back.
     *
     * @param question the question
     * @param missing the names of the arguments that are missing
     * @param thought why
     */
    record Ask(String question, List<String> missing, String thought) implements Plan {

        /** Copies the names. */
        public Ask {
            missing = List.copyOf(missing);
        }
    }

    /**
     * No tool fits.
     *
     * @param reply what to say
     * @param thought why
     */
    record NoTool(String reply, String thought) implements Plan {}

    /**
     * Answer in words without a tool.
     *
     * @param reply the answer
     * @param thought why
     */
    record Say(String reply, String thought) implements Plan {}

    /**
     * One call.
     *
     * @param card the tool
     * @param arguments its arguments, a JSON object
     * @param thought why this tool and these arguments
     */
    record Step(ToolCard card, String arguments, String thought) {}
}
