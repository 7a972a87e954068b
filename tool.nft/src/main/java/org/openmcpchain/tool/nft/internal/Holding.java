/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

/**
 * How many tokens somebody has.
 *
 * @param summary one sentence for people
 * @param network the CAIP-2 name of the network
 * @param collection the contract, 0x hex
 * @param owner the owner, 0x hex
 * @param count how many
 * @param blockNumber the newest block when it was asked
 */
public record Holding(
        String summary, String network, String collection, String owner, String count, long blockNumber) {}
