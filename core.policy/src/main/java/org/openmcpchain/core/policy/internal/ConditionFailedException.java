/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

/** A condition has no value for this intent. */
final class ConditionFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    ConditionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
