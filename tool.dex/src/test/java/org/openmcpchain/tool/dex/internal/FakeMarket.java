/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openmcpchain.author.testkit.FakeChainAccess;
import org.openmcpchain.author.testkit.FakeLogs;
import org.openmcpchain.author.testkit.FakeNetwork;
import org.openmcpchain.chain.Log;

/** A market in memory with the arithmetic of the real contracts. */
final class FakeMarket {

    static final String ACCOUNT = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    static final String ROUTER = "0x00000000000000000000000000000000000000a1";
    static final String FACTORY = "0x00000000000000000000000000000000000000a2";
    static final String WETH = "0x00000000000000000000000000000000000000b0";
    static final String USDC = "0x00000000000000000000000000000000000000c0";
    static final String DAI = "0x00000000000000000000000000000000000000a0";
    static final String LONELY = "0x00000000000000000000000000000000000000d0";
    private static final String NOWHERE = "0x0000000000000000000000000000000000000000";
    private static final String DEPOSIT = "0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c";
    private static final String WITHDRAWAL = "0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65";

    final FakeChainAccess chain = new FakeChainAccess(
            FakeNetwork.builder()
                    .token("WETH", 18, WETH)
                    .token("USDC", 6, USDC)
                    .token("DAI", 18, DAI)
                    .token("LONE", 18, LONELY)
                    .contract("uniswap-v2.router", ROUTER)
                    .contract("uniswap-v2.factory", FACTORY)
                    .contract("weth", WETH)
                    .build(),
            ACCOUNT);
    private final Map<String, Hop> pools = new LinkedHashMap<>();
    private int next = 0xe0;

    /** Pools of 1000 WETH against 3,000,000 USDC and against 3,000,000 DAI. */
    FakeMarket() {
        pool(WETH, units(1000, 18), USDC, units(3_000_000, 6));
        pool(WETH, units(1000, 18), DAI, units(3_000_000, 18));
        chain.answer(FACTORY, "getPair", arguments -> List.of(pair(arguments)));
        chain.answer(ROUTER, "getAmountsOut", this::amountsOut);
        allowance(USDC, BigInteger.ZERO).allowance(DAI, BigInteger.ZERO).allowance(WETH, BigInteger.ZERO);
        holds(USDC, units(100_000, 6)).holds(DAI, units(100_000, 18)).holds(WETH, units(10, 18));
        chain.balance(ACCOUNT, units(100, 18));
    }

    FakeMarket pool(String tokenA, BigInteger reserveA, String tokenB, BigInteger reserveB) {
        String pair = "0x" + String.format("%040x", next++);
        boolean straight =
                new BigInteger(tokenA.substring(2), 16).compareTo(new BigInteger(tokenB.substring(2), 16)) < 0;
        pools.put(key(tokenA, tokenB), new Hop(pair, reserveA, reserveB));
        pools.put(key(tokenB, tokenA), new Hop(pair, reserveB, reserveA));
        chain.answer(
                pair,
                "getReserves",
                straight ? reserveA : reserveB,
                straight ? reserveB : reserveA,
                BigInteger.valueOf(1_767_225_600));
        return this;
    }

    FakeMarket allowance(String token, BigInteger units) {
        chain.answer(token, "allowance", units);
        return this;
    }

    FakeMarket holds(String token, BigInteger units) {
        chain.answer(token, "balanceOf", units);
        return this;
    }

    static Log deposit(BigInteger units) {
        return FakeLogs.event(WETH, DEPOSIT, List.of(FakeLogs.word(ROUTER)), units);
    }

    static Log withdrawal(BigInteger units) {
        return FakeLogs.event(WETH, WITHDRAWAL, List.of(FakeLogs.word(ROUTER)), units);
    }

    static BigInteger units(long whole, int decimals) {
        return BigInteger.valueOf(whole).multiply(BigInteger.TEN.pow(decimals));
    }

    /** As UniswapV2Library.getAmountOut. */
    static BigInteger amountOut(BigInteger amountIn, Hop hop) {
        BigInteger withFee = amountIn.multiply(BigInteger.valueOf(997));
        return withFee.multiply(hop.reserveOut())
                .divide(hop.reserveIn().multiply(BigInteger.valueOf(1000)).add(withFee));
    }

    private String pair(List<Object> arguments) {
        Hop hop = pools.get(key((String) arguments.get(0), (String) arguments.get(1)));
        return hop == null ? NOWHERE : hop.pool();
    }

    private List<Object> amountsOut(List<Object> arguments) {
        List<?> path = (List<?>) arguments.get(1);
        List<Object> amounts = new ArrayList<>();
        amounts.add(arguments.get(0));
        for (int i = 0; i + 1 < path.size(); i++) {
            Hop hop = pools.get(key((String) path.get(i), (String) path.get(i + 1)));
            amounts.add(amountOut((BigInteger) amounts.get(i), hop));
        }
        return List.of(amounts);
    }

    private static String key(String in, String out) {
        return (in + ">" + out).toLowerCase(Locale.ROOT);
    }
}
