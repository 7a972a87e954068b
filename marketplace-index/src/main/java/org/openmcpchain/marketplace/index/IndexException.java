/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

/** Why no index can be made; the message names the record or the jar and what is wrong with it. */
public final class IndexException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a trace: what is wrong is the author's input, and the message says where. */
    IndexException(String message) {
        super(message, null, false, false);
    }

    IndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
