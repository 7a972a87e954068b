/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.tool.ToolException;

/** A Uniswap V2 market as it stands on one network, found through the network's address book. */
final class Market {

    private static final BigInteger NOWHERE = BigInteger.ZERO;
    private static final int HEX = 16;

    private final ChainAccess chain;
    private final String router;
    private final String factory;
    private final String weth;

    Market(ChainAccess chain) {
        this.chain = chain;
        this.router = contract("uniswap-v2.router");
        this.factory = contract("uniswap-v2.factory");
        this.weth = contract("weth");
    }

    String router() {
        return router;
    }

    String weth() {
        return weth;
    }

    /** The way that brings most: straight, or through the wrapped coin. */
    Route bestRoute(Order order) {
        String from = order.sell().token();
        String to = order.buy().token();
        Stream<List<String>> paths = weth.equalsIgnoreCase(from) || weth.equalsIgnoreCase(to)
                ? Stream.of(List.of(from, to))
                : Stream.of(List.of(from, to), List.of(from, weth, to));
        return paths.flatMap(path -> route(path, order.units()).stream())
                .max(Comparator.comparing(Route::amountOut))
                .filter(route -> route.amountOut().signum() > 0)
                .orElseThrow(() -> new ToolException("There is no pool with liquidity between "
                        + order.sell().symbol() + " and " + order.buy().symbol() + " on "
                        + chain.network().name() + ", or the amount is too small to bring anything."));
    }

    /** The symbol of a token, or its address when the network does not list it. */
    String symbol(String token) {
        return chain.network().assets().stream()
                .filter(asset -> asset.id().reference().equalsIgnoreCase(token))
                .map(asset -> asset.symbol())
                .findFirst()
                .orElse(token.equalsIgnoreCase(weth) ? "WETH" : token);
    }

    private Optional<Route> route(List<String> path, BigInteger units) {
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i + 1 < path.size(); i++) {
            Optional<Hop> hop = hop(path.get(i), path.get(i + 1));
            if (hop.isEmpty()) {
                return Optional.empty();
            }
            hops.add(hop.get());
        }
        List<Object> amounts =
                list(chain.read(ContractCall.of(router, "getAmountsOut(uint256,address[])(uint256[])", units, path))
                        .get(0));
        return Optional.of(new Route(path, hops, (BigInteger) amounts.get(amounts.size() - 1)));
    }

    private Optional<Hop> hop(String in, String out) {
        String pool = (String) chain.read(ContractCall.of(factory, "getPair(address,address)(address)", in, out))
                .get(0);
        if (number(pool).equals(NOWHERE)) {
            return Optional.empty();
        }
        List<Object> reserves = chain.read(ContractCall.of(pool, "getReserves()(uint112,uint112,uint32)"));
        // A pair keeps its tokens in the order of their addresses.
        boolean inFirst = number(in).compareTo(number(out)) < 0;
        Hop hop = new Hop(pool, (BigInteger) reserves.get(inFirst ? 0 : 1), (BigInteger) reserves.get(inFirst ? 1 : 0));
        return Optional.of(hop).filter(Hop::hasLiquidity);
    }

    private String contract(String name) {
        NetworkInfo network = chain.network();
        return network.contract(name)
                .orElseThrow(() -> new ToolException("There is no Uniswap V2 market on " + network.name()
                        + ": its address book lacks " + name + "."));
    }

    private static BigInteger number(String address) {
        return new BigInteger(address.substring(2), HEX);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
