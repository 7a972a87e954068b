/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

/**
 * What a mined swap did. Amounts are decimal texts of whole units, read from the transaction's events.
 *
 * @param summary one sentence for people
 * @param network the CAIP-2 name of the network
 * @param sell the symbol of the sold asset
 * @param sold what was really sold
 * @param buy the symbol of the bought asset
 * @param received what was really received
 * @param recipient who received it
 * @param maxSlippagePercent the slippage that was allowed
 * @param transactionHash the swap
 * @param approvalHash the approval that the swap needed, or null when it needed none
 * @param blockNumber the block that holds the swap
 * @param gasUsed gas units of the swap
 * @param feePaid what the swap cost in the network's coin
 */
public record SwapResult(
        String summary,
        String network,
        String sell,
        String sold,
        String buy,
        String received,
        String recipient,
        String maxSlippagePercent,
        String transactionHash,
        String approvalHash,
        long blockNumber,
        long gasUsed,
        String feePaid) {}
