/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.AssetId;

/** A network on which some addresses have names. */
final class Town implements NetworkInfo {

    static final ChainId CHAIN = ChainId.eip155(31337);
    static final String ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    static final String BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
    static final String USDC = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
    static final String WETH = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";
    static final String ROUTER = "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D";
    static final String PERMIT2 = "0x000000000022D473030F116dDEE9F6B43aC78BA3";
    static final String MULTICALL3 = "0xcA11bde05977b3631167028862bE2a173976CA11";
    static final String UNIVERSAL = "0x3fC91A3afd70395Cd496C647d5a6CC9D4B2b7FAD";
    static final String MULTISEND = "0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526";
    /** A deployment of MultiSend that only this town knows. */
    static final String OWN_MULTISEND = "0x9B4DF1c4A4b4a5D9a5cdd2B5b6C51d4c3c6a8aA1";

    static final String SAFE = "0x5aFE3855358E112B5647B952709E6165e1c1eEEe";
    static final String PUNKS = "0xb47e3cd837dDF8e4c57F05d70Ab865de6e193BBB";
    /** Nobody here knows what this is. */
    static final String STRANGER = "0x00000000000000000000000000000000DeaDBeef";

    static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private final Asset coin = new Asset(AssetId.coin(CHAIN, 60), "ETH", 18);

    @Override
    public ChainId id() {
        return CHAIN;
    }

    @Override
    public String name() {
        return "town";
    }

    @Override
    public Asset coin() {
        return coin;
    }

    @Override
    public List<Asset> assets() {
        return List.of(
                coin,
                new Asset(AssetId.erc20(CHAIN, USDC), "USDC", 6),
                new Asset(AssetId.erc20(CHAIN, WETH), "WETH", 18),
                new Asset(new AssetId(CHAIN, "erc721", PUNKS), "PUNK", 0));
    }

    @Override
    public Map<String, String> contracts() {
        return Map.of(
                "uniswap-v2.router", ROUTER,
                "permit2", PERMIT2,
                "multicall3", MULTICALL3,
                "uniswap.universal-router", UNIVERSAL,
                "safe.multi-send", MULTISEND,
                "safe.multi-send-call-only", OWN_MULTISEND,
                "weth", WETH);
    }

    @Override
    public Map<String, String> names() {
        return Map.of("bob.eth", BOB);
    }

    @Override
    public int confirmations() {
        return 1;
    }
}
