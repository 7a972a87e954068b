/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.math.BigDecimal;

/**
 * A number as it stands in a goal.
 *
 * @param value its value; null when it cannot be read
 * @param next the first token behind it
 * @param fraction whether it ends in a fraction word, as in "half", behind which a whole may follow
 */
record Numeral(BigDecimal value, int next, boolean fraction) {

    boolean broken() {
        return value == null;
    }
}
