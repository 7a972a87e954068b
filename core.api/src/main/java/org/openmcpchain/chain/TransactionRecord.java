/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.math.BigInteger;
import java.time.Instant;

/**
 * A signed transaction as the host remembers it. It is written before the bytes are sent, so that a restart sends the
 * same bytes and no others.
 *
 * @param idempotencyKey hash of run, tool call and label; one key, one transaction
 * @param hash the transaction hash, 0x hex
 * @param runId the run that wanted it
 * @param callId the tool call that wanted it
 * @param label what it is within that call
 * @param description one sentence for people
 * @param chain the network
 * @param from the sender, 0x hex
 * @param to the receiver, 0x hex
 * @param nonce the sender's nonce
 * @param value wei sent along
 * @param rawTransaction the signed bytes, 0x hex
 * @param state where it is
 * @param blockNumber the block that holds it, or null
 * @param blockHash that block's hash, or null
 * @param gasUsed gas units, or null
 * @param effectiveGasPrice wei for each gas unit, or null
 * @param detail why it is in this state, for example a revert reason, or null
 * @param createdAt when it was signed
 * @param updatedAt when its state last changed
 */
public record TransactionRecord(
        String idempotencyKey,
        String hash,
        String runId,
        String callId,
        String label,
        String description,
        ChainId chain,
        String from,
        String to,
        long nonce,
        BigInteger value,
        String rawTransaction,
        TransactionState state,
        Long blockNumber,
        String blockHash,
        BigInteger gasUsed,
        BigInteger effectiveGasPrice,
        String detail,
        Instant createdAt,
        Instant updatedAt) {

    /** The same transaction in another state. */
    public TransactionRecord to(TransactionState newState, String newDetail, Instant at) {
        return new TransactionRecord(
                idempotencyKey,
                hash,
                runId,
                callId,
                label,
                description,
                chain,
                from,
                to,
                nonce,
                value,
                rawTransaction,
                newState,
                blockNumber,
                blockHash,
                gasUsed,
                effectiveGasPrice,
                newDetail,
                createdAt,
                at);
    }

    /** The same transaction in another state, with what the chain says of it. */
    public TransactionRecord to(TransactionState newState, TransactionReceipt receipt, String newDetail, Instant at) {
        return new TransactionRecord(
                idempotencyKey,
                hash,
                runId,
                callId,
                label,
                description,
                chain,
                from,
                to,
                nonce,
                value,
                rawTransaction,
                newState,
                receipt.blockNumber(),
                receipt.blockHash(),
                receipt.gasUsed(),
                receipt.effectiveGasPrice(),
                newDetail,
                createdAt,
                at);
    }
}
