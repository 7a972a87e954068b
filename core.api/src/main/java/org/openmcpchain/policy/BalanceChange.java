/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.math.BigInteger;

/**
 * What a simulation says a transaction does to one account's property.
 *
 * @param account whose, 0x hex
 * @param asset the CAIP-19 name
 * @param symbol its symbol, or null
 * @param decimals how many decimals the asset has, or null when that is not known
 * @param tokenId which token of a collection, or null
 * @param amount how much more in base units; negative for less
 */
public record BalanceChange(
        String account, String asset, String symbol, Integer decimals, BigInteger tokenId, BigInteger amount) {}
