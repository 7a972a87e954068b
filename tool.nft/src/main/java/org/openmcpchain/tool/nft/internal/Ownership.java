/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

/**
 * Who owns a token.
 *
 * @param summary one sentence for people
 * @param network the CAIP-2 name of the network
 * @param collection the contract, 0x hex
 * @param tokenId the token
 * @param owner the owner, 0x hex
 * @param ownerName the owner's name in the address book, or null
 * @param blockNumber the newest block when it was asked
 */
public record Ownership(
        String summary,
        String network,
        String collection,
        String tokenId,
        String owner,
        String ownerName,
        long blockNumber) {}
