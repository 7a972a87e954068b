/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

/** What the gate decides. */
public enum Decision {
    ALLOW,
    DENY,
    NEEDS_APPROVAL
}
