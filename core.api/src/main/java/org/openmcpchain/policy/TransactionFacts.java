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
 * @param to the receiver, 0x hex, or null for the creation of a contract
 * @param contract the receiver's name in the network's address book, or null
 * @param asset the symbol of the token whose contract the receiver is, or null
 * @param function the called function with its types, for example {@code approve(address,uint256)}, or null
 * @param arguments the arguments as text, in order
 * @param value wei sent along
 * @param gasLimit gas units
 * @param maxFeePerGas wei for each gas unit
 * @param maxPriorityFeePerGas wei for each gas unit to the block's producer
 * @param data the calldata, 0x hex; exactly what will be signed
 * @param actions what it does, decoded, outermost first; empty when nobody could decode it
 * @param changes the simulated changes of balances, ordered by account and asset; empty when there was no simulation
 * @param simulated whether it was simulated with all its movements
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
        BigInteger maxFeePerGas,
        BigInteger maxPriorityFeePerGas,
        String data,
        List<Action> actions,
        List<BalanceChange> changes,
        boolean simulated) {

    /** Copies the lists. */
    public TransactionFacts {
        arguments = List.copyOf(arguments);
        actions = List.copyOf(actions);
        changes = List.copyOf(changes);
    }
}
