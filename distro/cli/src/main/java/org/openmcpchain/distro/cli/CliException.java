/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

/** What could not be done, and what to do about it. */
final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    CliException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
