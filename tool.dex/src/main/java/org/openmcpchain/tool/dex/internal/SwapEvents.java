/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigInteger;
import java.util.List;
import org.openmcpchain.chain.Log;

/**
 * What a swap really moved, read from its events. It depends on nothing but the receipt, because after a restart the
 * receipt may be of a swap that took another way than one would take now.
 */
final class SwapEvents {

    /** {@code Transfer(address indexed from, address indexed to, uint256)}, ERC-20. */
    private static final String TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    /** {@code Deposit(address indexed dst, uint256 wad)}, WETH9. */
    private static final String DEPOSIT = "0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c";
    /** {@code Withdrawal(address indexed src, uint256 wad)}, WETH9. */
    private static final String WITHDRAWAL = "0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65";

    private static final int FROM = 1;
    private static final int TO = 2;
    private static final int HEX = 16;

    private final List<Log> logs;
    private final String account;
    private final String router;

    SwapEvents(List<Log> logs, String account, String router) {
        this.logs = List.copyOf(logs);
        this.account = account;
        this.router = router;
    }

    /** Base units that left the account; the coin leaves through the router, which wraps it. */
    BigInteger sold(TradeAsset asset) {
        return asset.isCoin() ? sum(asset.token(), DEPOSIT, FROM, router) : sum(asset.token(), TRANSFER, FROM, account);
    }

    /** Base units that reached the account; the coin comes through the router, which unwraps it. */
    BigInteger received(TradeAsset asset) {
        return asset.isCoin()
                ? sum(asset.token(), WITHDRAWAL, FROM, router)
                : sum(asset.token(), TRANSFER, TO, account);
    }

    private BigInteger sum(String contract, String event, int topic, String address) {
        BigInteger wanted = number(address);
        return logs.stream()
                .filter(log -> log.address().equalsIgnoreCase(contract))
                .filter(log -> log.topics().size() > topic
                        && log.topics().get(0).equalsIgnoreCase(event)
                        && number(log.topics().get(topic)).equals(wanted))
                .map(log -> number(log.data()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger number(String hex) {
        return hex.length() <= 2 ? BigInteger.ZERO : new BigInteger(hex.substring(2), HEX);
    }
}
