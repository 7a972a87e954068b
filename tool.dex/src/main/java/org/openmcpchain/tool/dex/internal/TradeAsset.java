/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.util.stream.Collectors;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.money.Asset;
import org.openmcpchain.tool.ToolException;

/**
 * An asset as the market sees it. Pools hold tokens only, so the network's coin is traded as its wrapped token.
 *
 * @param asset the asset
 * @param token the 0x address of the token that pools hold
 */
record TradeAsset(Asset asset, String token) {

    static TradeAsset of(NetworkInfo network, String symbol, String wrappedCoin) {
        Asset asset = network.asset(symbol.strip())
                .orElseThrow(() -> new ToolException("The asset " + symbol + " is not known on " + network.name()
                        + ". Known are: "
                        + network.assets().stream().map(Asset::symbol).collect(Collectors.joining(", ")) + "."));
        return new TradeAsset(
                asset, asset.id().isCoin() ? wrappedCoin : asset.id().reference());
    }

    boolean isCoin() {
        return asset.id().isCoin();
    }

    String symbol() {
        return asset.symbol();
    }

    boolean sharesTokenWith(TradeAsset other) {
        return token.equalsIgnoreCase(other.token);
    }
}
