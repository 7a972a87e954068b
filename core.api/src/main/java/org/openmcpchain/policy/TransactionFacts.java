/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.math.BigInteger;
import java.util.List;
import org.openmcpchain.chain.ChainId;

/**
 * What is known of a transaction before it is signed.
 *
 * @param chain the network
 * @param from the sender, 0x hex
 * @param to the receiver, 0x hex
 * @param contract the receiver's name in the network's address book, or null
 * @param asset the symbol of the token whose contract the receiver is, or null
 * @param function the called function with its types, for example {@code approve(address,uint256)}, or null
 * @param arguments the arguments as text, in order
 * @param value wei sent along
 * @param gasLimit gas units
 * @param maxFeePerGas wei for each gas unit
 */
public record TransactionFacts(
        ChainId chain,
        String from,
        String to,
        String contract,
        String asset,
        String function,
        List<String> arguments,
        BigInteger value,
        BigInteger gasLimit,
        BigInteger maxFeePerGas) {

    /** Copies the arguments. */
    public TransactionFacts {
        arguments = List.copyOf(arguments);
    }
}
