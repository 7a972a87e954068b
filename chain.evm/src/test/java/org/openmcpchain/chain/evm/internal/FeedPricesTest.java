/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.money.Price;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint8;

/** Prices of a real feed contract on a real chain. */
class FeedPricesTest {

    private static final BigInteger DOLLARS = BigInteger.valueOf(3_000_00000000L);
    private static final String COIN = "eip155:31337/slip44:60";

    private TestChain chain;
    private EvmNode node;
    private String feed;
    private FeedPrices prices;

    @BeforeEach
    void start() throws Exception {
        chain = TestChain.start(31337);
        feed = chain.deploy("MockV3Aggregator", new Uint8(8), new Int256(DOLLARS));
        open(Clock.systemUTC());
    }

    private void open(Clock clock) {
        NetworkSettings settings = NetworkSettings.from(Configs.local(
                chain.url(), Map.of("contracts", new String[] {"chainlink.ETH/USD=" + feed}, "assets", new String[] {
                    "WETH:18:" + TestChain.ALICE, "USDC:6:" + TestChain.BOB
                })));
        node = new EvmNode(settings);
        prices = new FeedPrices(settings, node, new Abi(), clock);
    }

    @AfterEach
    void end() throws Exception {
        if (node != null) {
            node.close();
        }
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void knowsTheCoinAndItsWrappedForm() {
        Price price = prices.price(COIN).orElseThrow();

        assertThat(price.value()).isEqualTo(DOLLARS);
        assertThat(price.decimals()).isEqualTo(8);
        assertThat(price.at())
                .isBetween(
                        Instant.now().minus(Duration.ofHours(1)), Instant.now().plusSeconds(60));
        assertThat(prices.price("eip155:31337/erc20:" + TestChain.ALICE)).contains(price);
    }

    @Test
    void knowsNothingOfWhatHasNoFeed() {
        assertThat(prices.price("eip155:31337/erc20:" + TestChain.BOB)).isEmpty();
        assertThat(prices.price("eip155:1/slip44:60")).isEmpty();
        assertThat(prices.price("nonsense")).isEmpty();
    }

    @Test
    void aRoundThatIsEmptyOrNotFinishedIsNoPrice() throws Exception {
        chain.call(feed, "updateAnswer(int256)", BigInteger.ZERO);
        assertThat(prices.price(COIN)).isEmpty();
        chain.call(feed, "updateAnswer(int256)", BigInteger.ONE.negate());
        assertThat(prices.price(COIN)).isEmpty();
        chain.call(
                feed,
                "updateRoundData(uint80,int256,uint256,uint256)",
                BigInteger.TEN,
                BigInteger.ONE,
                BigInteger.ZERO,
                BigInteger.ZERO);
        assertThat(prices.price(COIN)).isEmpty();
    }

    @Test
    void aPriceOfTomorrowIsNoPrice() {
        node.close();
        open(Clock.fixed(Instant.now().minus(Duration.ofDays(1)), ZoneOffset.UTC));

        assertThat(prices.price(COIN)).isEmpty();
    }

    @Test
    void aDeadNodeHasNoPrices() throws Exception {
        chain.close();

        assertThat(prices.price(COIN)).isEqualTo(Optional.empty());
    }
}
