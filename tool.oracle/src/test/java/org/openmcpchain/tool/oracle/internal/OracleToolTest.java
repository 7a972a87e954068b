/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.author.testkit.FakeChainAccess;
import org.openmcpchain.author.testkit.FakeNetwork;
import org.openmcpchain.author.testkit.FakeToolContext;
import org.openmcpchain.tool.ToolException;

final class OracleToolTest {

    private static final String ETH = "0x00000000000000000000000000000000000000f1";
    private static final String USDC = "0x00000000000000000000000000000000000000f2";
    private static final String BTC = "0x00000000000000000000000000000000000000f3";
    private static final Instant NOW = FakeChainAccess.BLOCK_TIME;

    private final FakeChainAccess chain = new FakeChainAccess(
            FakeNetwork.builder()
                    .contract("chainlink.ETH/USD", ETH)
                    .contract("chainlink.USDC/USD", USDC)
                    .contract("chainlink.BTC/USD", BTC)
                    .contract("weth", USDC)
                    .build(),
            "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    private final FakeToolContext context = FakeToolContext.on(chain);
    private final OracleTool tool = new OracleTool();

    OracleToolTest() {
        feed(ETH, "ETH / USD", 8, 300_012_345_678L, 42, NOW.minusSeconds(60));
        feed(USDC, "USDC / USD", 8, 99_990_000L, 7, NOW.minusSeconds(4000));
        feed(BTC, "BTC / USD", 18, new BigInteger("60000000000000000000000"), BigInteger.ONE, NOW);
    }

    @Test
    void readsAPriceWithItsSourceAndAge() {
        Price price = tool.price(new PriceRequest("ETH/USD", null), context);

        assertThat(price.price()).isEqualTo("3000.12345678");
        assertThat(price.mantissa()).isEqualTo("300012345678");
        assertThat(price.decimals()).isEqualTo(8);
        assertThat(price.ageSeconds()).isEqualTo(60);
        assertThat(price.stale()).isFalse();
        assertThat(price.derived()).isFalse();
        assertThat(price.blockNumber()).isEqualTo(100);
        assertThat(price.network()).isEqualTo("eip155:31337");
        assertThat(price.sources())
                .containsExactly(new Price.Source(
                        "Chainlink",
                        "chainlink.ETH/USD",
                        ETH,
                        "ETH / USD",
                        "3000.12345678",
                        "42",
                        "2025-12-31T23:59:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth/usd", "ETH-USD", "ETH : USD", "ETH USD", "eth in usd", "ETH to USD", " ETH "})
    void understandsWaysToWriteAPair(String text) {
        assertThat(tool.price(new PriceRequest(text, null), context).pair()).isEqualTo("ETH/USD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "ETH/ETH", "USD", "ETH/USD/DAI", "E\u0301TH/USD", "a b c d"})
    void refusesWhatIsNoPair(String text) {
        assertThatThrownBy(() -> tool.price(new PriceRequest(text, null), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("no pair");
    }

    @ParameterizedTest
    @CsvSource({"60, false", "59, true", "3600, false", "1, true"})
    void marksWhatIsOlderThanAsked(int maxAge, boolean stale) {
        assertThat(tool.price(new PriceRequest("ETH/USD", maxAge), context).stale())
                .isEqualTo(stale);
    }

    @Test
    void derivesARateThroughTheDollarAndSaysSo() {
        Price price = tool.price(new PriceRequest("ETH/USDC", null), context);

        assertThat(price.derived()).isTrue();
        assertThat(price.price()).isEqualTo("3000.423499129912991299");
        assertThat(price.decimals()).isEqualTo(18);
        assertThat(price.ageSeconds()).as("of the older leg").isEqualTo(4000);
        assertThat(price.stale()).isTrue();
        assertThat(price.sources())
                .extracting(Price.Source::feed)
                .containsExactly("chainlink.ETH/USD", "chainlink.USDC/USD");
    }

    @Test
    void dividesFeedsWithDifferentDecimals() {
        assertThat(tool.price(new PriceRequest("BTC/ETH", null), context).price())
                .startsWith("19.99917698");
    }

    @Test
    void turnsADollarFeedAround() {
        Price price = tool.price(new PriceRequest("USD/ETH", null), context);

        assertThat(price.derived()).isTrue();
        assertThat(price.price()).isEqualTo("0.000333319616477813");
        assertThat(price.sources()).hasSize(1);
    }

    @Test
    void namesTheFeedsThatThereAre() {
        assertThatThrownBy(() -> tool.price(new PriceRequest("DOGE/USD", null), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("BTC/USD, ETH/USD, USDC/USD");
        assertThatThrownBy(() -> tool.price(new PriceRequest("ETH/DOGE", null), context))
                .isInstanceOf(ToolException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refusesAnswersThatAreNoPrice(long answer) {
        feed(ETH, "ETH / USD", 8, answer, 1, NOW);

        assertThatThrownBy(() -> tool.price(new PriceRequest("ETH/USD", null), context))
                .isInstanceOfSatisfying(
                        ToolException.class, e -> assertThat(e.retryable()).isTrue())
                .hasMessageContaining("no price");
    }

    @Test
    void refusesAnUnfinishedRound() {
        feed(ETH, "ETH / USD", 8, 1, 1, Instant.EPOCH);
        assertThatThrownBy(() -> tool.price(new PriceRequest("ETH/USD", null), context))
                .hasMessageContaining("not finished");

        chain.answer(ETH, "latestRoundData", big(9), big(1), big(1), big(1), big(8));
        assertThatThrownBy(() -> tool.price(new PriceRequest("ETH/USD", null), context))
                .hasMessageContaining("not finished");
    }

    @Test
    void refusesContractsThatOnlyLookLikeFeeds() {
        feed(ETH, "x", 200, 1, 1, NOW);
        assertThatThrownBy(() -> tool.price(new PriceRequest("ETH/USD", null), context))
                .hasMessageContaining("aggregator");

        chain.answer(ETH, "decimals", big(8));
        chain.answer(ETH, "latestRoundData", big(1), big(1), big(1), BigInteger.ONE.shiftLeft(200), big(1));
        assertThatThrownBy(() -> tool.price(new PriceRequest("ETH/USD", null), context))
                .hasMessageContaining("aggregator");
    }

    @Test
    void takesAPriceFromTheFutureAsFresh() {
        feed(ETH, "d".repeat(5000), 8, 1, 1, NOW.plus(Duration.ofDays(1)));

        Price price = tool.price(new PriceRequest("ETH", 1), context);

        assertThat(price.ageSeconds()).isZero();
        assertThat(price.price()).isEqualTo("0.00000001");
        assertThat(price.sources().get(0).description()).hasSize(128);
    }

    @Test
    void saysWhenARateIsTooSmallToShow() {
        feed(BTC, "BTC / USD", 0, BigInteger.TEN.pow(30), BigInteger.ONE, NOW);

        assertThatThrownBy(() -> tool.price(new PriceRequest("USDC/BTC", null), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("ask for BTC/USDC");
    }

    private void feed(String contract, String description, int decimals, long answer, long round, Instant updatedAt) {
        feed(contract, description, decimals, big(answer), big(round), updatedAt);
    }

    private void feed(
            String contract, String description, int decimals, BigInteger answer, BigInteger round, Instant updatedAt) {
        BigInteger time = big(updatedAt.getEpochSecond());
        chain.answer(contract, "decimals", big(decimals));
        chain.answer(contract, "description", description);
        chain.answer(contract, "latestRoundData", round, answer, time, time, round);
    }

    private static BigInteger big(long number) {
        return BigInteger.valueOf(number);
    }
}
