/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint256;

class DevnetKeeperTest {

    @TempDir
    private Path folder;

    private final PublishedNetwork network = new PublishedNetwork();
    private final List<DevnetKeeper> keepers = new ArrayList<>();
    private Path cache;

    @BeforeEach
    void cache() {
        cache = TestCache.required();
    }

    @AfterEach
    void endEveryChain() throws Exception {
        for (DevnetKeeper keeper : keepers) {
            keeper.close();
        }
    }

    @Test
    void publishesTheNetworkWithItsContracts() throws Exception {
        keeper().tend();

        assertThat(network.get("chain.id")).isEqualTo("eip155:31337");
        assertThat((String[]) network.get("contracts"))
                .extracting(entry -> entry.split("=")[0])
                .containsExactlyInAnyOrder(
                        "chainlink.DAI/USD",
                        "chainlink.ETH/USD",
                        "chainlink.USDC/USD",
                        "erc721.default",
                        "uniswap-v2.factory",
                        "uniswap-v2.router",
                        "weth");
        assertThat((String[]) network.get("assets"))
                .extracting(entry -> entry.substring(0, entry.lastIndexOf(':')))
                .containsExactlyInAnyOrder("WETH:18", "USDC:6", "DAI:18");
    }

    @Test
    void poolsStartAtThePricesOfTheFeeds() throws Exception {
        keeper().tend();
        BigInteger oneEther = BigInteger.TEN.pow(18);

        assertThat(feedAnswer("ETH")).isEqualTo(new BigInteger("300000000000"));
        // 3000 less the pool's fee of 0.3 % and the price impact of 0.1 %
        assertThat(quote(oneEther, "USDC")).isBetween(new BigInteger("2987000000"), new BigInteger("2991000000"));
        assertThat(quote(oneEther, "DAI"))
                .isBetween(new BigInteger("2987").multiply(oneEther), new BigInteger("2991").multiply(oneEther));
    }

    @Test
    void attachesToTheChainThatOutlivedItsHost() throws Exception {
        keeper().tend();
        long pid = rememberedPid();
        int updates = network.updates();

        keeper().tend();

        assertThat(rememberedPid()).isEqualTo(pid);
        assertThat(network.updates())
                .as("nothing changed, so nothing is published anew")
                .isEqualTo(updates);
    }

    @Test
    void stateSurvivesACleanRestart() throws Exception {
        DevnetKeeper first = keeper();
        first.tend();
        String router = contract("uniswap-v2.router");
        String genesis = genesis();
        first.close();
        assertThat(network.isPublished()).isFalse();

        keeper().tend();

        assertThat(genesis()).isEqualTo(genesis);
        assertThat(contract("uniswap-v2.router")).isEqualTo(router);
        assertThat(quote(BigInteger.TEN.pow(18), "USDC")).isPositive();
    }

    @Test
    void bringsTheChainBackWhenItWasKilled() throws Exception {
        DevnetKeeper keeper = keeper();
        keeper.tend();
        ProcessHandle killed = ProcessHandle.of(rememberedPid()).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get();

        keeper.tend();

        assertThat(rememberedPid()).isNotEqualTo(killed.pid());
        assertThat(quote(BigInteger.TEN.pow(18), "USDC")).isPositive();
    }

    @Test
    void neverTakesAProcessForItsOwnByThePidAlone() throws Exception {
        ProcessHandle somebodyElse = ProcessHandle.current();
        new PropertiesFile(folder.resolve("anvil.properties"))
                .write(Map.of(
                        "pid", Long.toString(somebodyElse.pid()),
                        "started", "2001-01-01T00:00:00Z",
                        "port", "0"));

        keeper().tend();

        assertThat(rememberedPid()).isNotEqualTo(somebodyElse.pid());
        assertThat(somebodyElse.isAlive()).isTrue();
    }

    @Test
    void answersAFeedAnewWhenItsAnswerIsTooOld() throws Exception {
        keeper().tend();
        Instant before = feedUpdatedAt("ETH");

        keeper(Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC), prices("3000"))
                .tend();

        assertThat(feedUpdatedAt("ETH")).isAfterOrEqualTo(before);
        assertThat(feedRound("ETH")).isEqualTo(BigInteger.TWO);
    }

    @Test
    void answersAFeedAnewWhenThePriceWasConfiguredAnew() throws Exception {
        keeper().tend();

        keeper(Clock.systemUTC(), prices("3100")).tend();

        assertThat(feedAnswer("ETH")).isEqualTo(new BigInteger("310000000000"));
        assertThat(feedRound("DAI")).isEqualTo(BigInteger.ONE);
    }

    @Test
    void saysWhatToRunWhenThereIsNoAnvil() throws Exception {
        DevnetSettings without = new DevnetSettings(
                folder.resolve("nowhere"),
                cache,
                folder,
                0,
                Duration.ofSeconds(5),
                prices("3000"),
                Duration.ofHours(1));
        DevnetKeeper keeper = new DevnetKeeper(without, new NetworkPublisher(network.admin()), Clock.systemUTC());

        assertThatThrownBy(keeper::tend).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.code()).isEqualTo(ChainError.DEVNET_UNAVAILABLE);
            assertThat(e.plainText()).contains("cnf/fetch/fetch.sh");
        });
    }

    @Test
    void reportsTheLastWordsOfAnAnvilThatRefusesItsState() throws Exception {
        Files.writeString(folder.resolve("state.json"), "{ damaged");

        assertThatThrownBy(() -> keeper().tend())
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.plainText()).contains("state.json"));
    }

    private DevnetKeeper keeper() throws IOException {
        return keeper(Clock.systemUTC(), prices("3000"));
    }

    private DevnetKeeper keeper(Clock clock, Map<String, BigDecimal> prices) throws IOException {
        DevnetSettings settings = new DevnetSettings(
                cache.resolve("bin/anvil"),
                cache.resolve("contracts"),
                folder,
                0,
                Duration.ofSeconds(30),
                prices,
                Duration.ofHours(1));
        DevnetKeeper keeper = new DevnetKeeper(settings, new NetworkPublisher(network.admin()), clock);
        keepers.add(keeper);
        return keeper;
    }

    private static Map<String, BigDecimal> prices(String ether) {
        return Map.of("ETH", new BigDecimal(ether), "USDC", BigDecimal.ONE, "DAI", BigDecimal.ONE);
    }

    private long rememberedPid() throws IOException {
        return Long.parseLong(new PropertiesFile(folder.resolve("anvil.properties"))
                .read()
                .orElseThrow()
                .get("pid"));
    }

    private String contract(String name) {
        for (String entry : (String[]) network.get("contracts")) {
            if (entry.startsWith(name + "=")) {
                return entry.substring(name.length() + 1);
            }
        }
        throw new AssertionError("no contract " + name);
    }

    private String token(String symbol) {
        for (String entry : (String[]) network.get("assets")) {
            if (entry.startsWith(symbol + ":")) {
                return entry.substring(entry.lastIndexOf(':') + 1);
            }
        }
        throw new AssertionError("no token " + symbol);
    }

    private Node node() {
        return new Node(URI.create((String) network.get(".url")));
    }

    private String genesis() throws IOException {
        try (Node node = node()) {
            return node.genesisHash();
        }
    }

    private BigInteger quote(BigInteger wei, String symbol) throws IOException {
        Function function = new Function(
                "getAmountsOut",
                List.of(
                        new Uint256(wei),
                        new DynamicArray<>(Address.class, new Address(contract("weth")), new Address(token(symbol)))),
                List.of(new TypeReference<DynamicArray<Uint256>>() {}));
        try (Node node = node()) {
            List<?> amounts = (List<?>)
                    node.read(contract("uniswap-v2.router"), function).get(0).getValue();
            return ((Uint256) amounts.get(1)).getValue();
        }
    }

    private BigInteger feedAnswer(String symbol) throws IOException {
        return feed(symbol, new Function("latestAnswer", List.of(), List.of(new TypeReference<Int256>() {})));
    }

    private BigInteger feedRound(String symbol) throws IOException {
        return feed(symbol, new Function("latestRound", List.of(), List.of(new TypeReference<Uint256>() {})));
    }

    private Instant feedUpdatedAt(String symbol) throws IOException {
        return Instant.ofEpochSecond(
                feed(symbol, new Function("latestTimestamp", List.of(), List.of(new TypeReference<Uint256>() {})))
                        .longValueExact());
    }

    private BigInteger feed(String symbol, Function function) throws IOException {
        try (Node node = node()) {
            return (BigInteger) node.read(contract("chainlink." + symbol + "/USD"), function)
                    .get(0)
                    .getValue();
        }
    }
}
