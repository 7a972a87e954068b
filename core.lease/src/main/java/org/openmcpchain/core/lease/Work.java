/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.lease;

/**
 * What is done inside a part. It may throw anything: whatever a bundle throws is an answer, not an accident of the host.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface Work<T> {

    /** Does it. */
    T call() throws Throwable;
}
