/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet;

import java.math.BigInteger;
import org.openmcpchain.chain.ChainId;

/**
 * An EIP-1559 transaction before it is signed. Source: EIP-1559.
 *
 * @param chain the network
 * @param from the signer, 0x hex
 * @param to the receiver, 0x hex
 * @param nonce the signer's nonce
 * @param value wei
 * @param data calldata, 0x hex; {@code 0x} for none
 * @param gasLimit gas units
 * @param maxPriorityFeePerGas wei
 * @param maxFeePerGas wei
 */
public record UnsignedTransaction(
        ChainId chain,
        String from,
        String to,
        long nonce,
        BigInteger value,
        String data,
        BigInteger gasLimit,
        BigInteger maxPriorityFeePerGas,
        BigInteger maxFeePerGas) {}
