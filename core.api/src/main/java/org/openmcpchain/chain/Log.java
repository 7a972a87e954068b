/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.util.List;

/**
 * One event of a mined transaction.
 *
 * @param address the contract that emitted it, 0x hex
 * @param topics its topics, 0x hex, the event's signature hash first
 * @param data its data, 0x hex
 */
public record Log(String address, List<String> topics, String data) {

    /** Copies the topics. */
    public Log {
        topics = List.copyOf(topics);
    }
}
