/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.math.BigInteger;
import java.util.List;

/**
 * What a chain says of a transaction that it executed without revert.
 *
 * @param hash the transaction, 0x hex
 * @param blockNumber the block that holds it
 * @param blockHash that block's hash, 0x hex
 * @param gasUsed gas units
 * @param effectiveGasPrice wei for each gas unit
 * @param from who sent it, 0x hex
 * @param to the receiver, 0x hex
 * @param logs its events, in order
 */
public record TransactionReceipt(
        String hash,
        long blockNumber,
        String blockHash,
        BigInteger gasUsed,
        BigInteger effectiveGasPrice,
        String from,
        String to,
        List<Log> logs) {

    /** Copies the logs. */
    public TransactionReceipt {
        logs = List.copyOf(logs);
    }
}
