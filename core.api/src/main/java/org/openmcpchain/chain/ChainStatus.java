/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

/**
 * Whether a network answers now.
 *
 * @param reachable whether the node answered
 * @param chain the chain id that the node reports, or null when it did not answer
 * @param blockNumber the newest block, or -1 when the node did not answer
 * @param detail what is wrong, in plain words, or null
 */
public record ChainStatus(boolean reachable, ChainId chain, long blockNumber, String detail) {}
