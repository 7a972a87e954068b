/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

/** Says which rule a value breaks; never holds the value. */
final class RuleBroken extends Exception {

    private static final long serialVersionUID = 1L;

    RuleBroken(String rule) {
        super(rule, null, false, false);
    }
}
