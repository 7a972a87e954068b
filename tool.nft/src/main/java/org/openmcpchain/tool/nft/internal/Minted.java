/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

/**
 * A mined mint.
 *
 * @param summary one sentence for people
 * @param network the CAIP-2 name of the network
 * @param collection the contract, 0x hex
 * @param tokenId the new token, from the transfer event
 * @param to who received it, 0x hex
 * @param transactionHash the transaction
 * @param blockNumber the block that holds it
 * @param gasUsed gas units
 */
public record Minted(
        String summary,
        String network,
        String collection,
        String tokenId,
        String to,
        String transactionHash,
        long blockNumber,
        long gasUsed) {}
