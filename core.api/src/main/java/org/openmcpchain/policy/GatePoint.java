/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

/** The five places where the gate is asked. */
public enum GatePoint {
    /** Before a model is asked. */
    INFERENCE,
    /** Before a tool is called. */
    TOOL,
    /** Before anything is signed. */
    SIGN,
    /** Before a bundle is installed. */
    INSTALL,
    /** Before the configuration is changed. */
    CONFIGURE
}
