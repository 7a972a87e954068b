/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.chain.devnet.internal.Deployment.Token;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.Hash;

/**
 * Puts the contracts on a fresh chain: Uniswap V2 with a pool for each token, the tokens, an ERC-721 collection and the
 * price feeds. The pools start at the feeds' prices, so a swap and the oracle agree.
 */
final class Blueprint {

    private static final BigInteger POOL_WETH = BigInteger.valueOf(1000);
    private static final BigInteger PERSONAL_TOKENS = BigInteger.valueOf(100_000);
    private static final Duration POOL_DEADLINE = Duration.ofDays(1);
    private static final byte[] MINTER_ROLE =
            Hash.sha3("MINTER_ROLE".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    private static final String OPERATOR = DevAccounts.OPERATOR;

    private final Node node;
    private final Artifacts artifacts;
    private final Map<String, BigDecimal> prices;

    Blueprint(Node node, Artifacts artifacts, Map<String, BigDecimal> prices) {
        this.node = node;
        this.artifacts = artifacts;
        this.prices = prices;
    }

    /**
     * Deploys everything; takes about a second. The last step is a deployment: a chain that knows its address knows all
     * that was done before, because a chain only ever loses its newest blocks.
     *
     * <p>Errors: {@code DEVNET_UNAVAILABLE}, {@code CONFIG_MISSING}.
     */
    Deployment deploy() throws IOException {
        String weth = node.deploy(OPERATOR, artifacts.bytecode("WETH9"));
        String factory = node.deploy(OPERATOR, artifacts.bytecode("UniswapV2Factory"), new Address(OPERATOR));
        String router =
                node.deploy(OPERATOR, artifacts.bytecode("UniswapV2Router02"), new Address(factory), new Address(weth));
        Token usdc = token("USD Coin (development)", "USDC", 6);
        Token dai = token("Dai Stablecoin (development)", "DAI", 18);
        pool(router, usdc);
        pool(router, dai);

        Map<String, String> contracts = new LinkedHashMap<>();
        contracts.put(Deployment.WETH, weth);
        contracts.put(Deployment.FACTORY, factory);
        contracts.put(Deployment.ROUTER, router);
        contracts.put(Deployment.COLLECTION, collection());
        for (String symbol : List.of("ETH", "USDC", "DAI")) {
            contracts.put(Deployment.feedName(symbol), feed(symbol));
        }
        return new Deployment(node.genesisHash(), contracts, List.of(new Token("WETH", 18, weth), usdc, dai));
    }

    private String collection() throws IOException {
        String collection = node.deploy(
                OPERATOR,
                artifacts.bytecode("ERC721PresetMinterPauserAutoId"),
                new Utf8String("OpenMCP Collectibles"),
                new Utf8String("OMC"),
                new Utf8String("ipfs://openmcp-collectibles/"));
        for (DevAccounts.Named person : DevAccounts.PEOPLE) {
            node.send(
                    OPERATOR,
                    collection,
                    BigInteger.ZERO,
                    new Function(
                            "grantRole", List.of(new Bytes32(MINTER_ROLE), new Address(person.address())), List.of()));
        }
        return collection;
    }

    private String feed(String symbol) throws IOException {
        return node.deploy(
                OPERATOR,
                artifacts.bytecode("MockV3Aggregator"),
                new Uint8(PriceFeeds.DECIMALS),
                new Int256(PriceFeeds.answer(price(symbol))));
    }

    private Token token(String name, String symbol, int decimals) throws IOException {
        String address = node.deploy(
                OPERATOR,
                artifacts.bytecode("DevToken"),
                new Utf8String(name),
                new Utf8String(symbol),
                new Uint8(decimals));
        Token token = new Token(symbol, decimals, address);
        for (DevAccounts.Named person : DevAccounts.PEOPLE) {
            mint(token, person.address(), PERSONAL_TOKENS.multiply(BigInteger.TEN.pow(decimals)));
        }
        return token;
    }

    private void mint(Token token, String to, BigInteger units) throws IOException {
        node.send(
                OPERATOR,
                token.address(),
                BigInteger.ZERO,
                new Function("mint", List.of(new Address(to), new Uint256(units)), List.of()));
    }

    private void pool(String router, Token token) throws IOException {
        BigInteger wei = POOL_WETH.multiply(BigInteger.TEN.pow(18));
        BigInteger units = price("ETH")
                .multiply(new BigDecimal(POOL_WETH))
                .movePointRight(token.decimals())
                .divide(price(token.symbol()), java.math.RoundingMode.HALF_EVEN)
                .toBigInteger();
        mint(token, OPERATOR, units);
        node.send(
                OPERATOR,
                token.address(),
                BigInteger.ZERO,
                new Function("approve", List.of(new Address(router), new Uint256(units)), List.of()));
        Uint256 deadline = new Uint256(Instant.now().plus(POOL_DEADLINE).getEpochSecond());
        node.send(
                OPERATOR,
                router,
                wei,
                new Function(
                        "addLiquidityETH",
                        List.of(
                                new Address(token.address()),
                                new Uint256(units),
                                new Uint256(units),
                                new Uint256(wei),
                                new Address(OPERATOR),
                                deadline),
                        List.of()));
    }

    private BigDecimal price(String symbol) {
        BigDecimal price = prices.get(symbol);
        if (price == null) {
            throw HostException.of(
                    ConfigError.CONFIG_MISSING, "key", "prices", "detail", "there is no price of " + symbol);
        }
        return price;
    }
}
