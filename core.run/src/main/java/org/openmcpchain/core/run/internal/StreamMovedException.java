/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

/** The stream went on before a write that wanted to be next. */
final class StreamMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StreamMovedException() {
        super("the stream went on", null, false, false);
    }
}
