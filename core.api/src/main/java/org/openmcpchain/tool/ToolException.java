/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

/**
 * How a tool says that it cannot do what was asked. The message is shown to the model and to people: it says what is
 * wrong and what to do, and holds no secret.
 */
public final class ToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** A failure that repeats when the same call is made again. */
    public ToolException(String message) {
        this(message, false, null);
    }

    /** A failure that may pass. */
    public ToolException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Whether the same call may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
