/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

/**
 * A mined transfer.
 *
 * @param summary one sentence for people
 * @param network the CAIP-2 name of the network
 * @param collection the contract, 0x hex
 * @param tokenId the token
 * @param from who had it, 0x hex
 * @param to who has it now, 0x hex
 * @param transactionHash the transaction
 * @param blockNumber the block that holds it
 * @param gasUsed gas units
 */
public record Transferred(
        String summary,
        String network,
        String collection,
        String tokenId,
        String from,
        String to,
        String transactionHash,
        long blockNumber,
        long gasUsed) {}
