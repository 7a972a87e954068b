/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityReaderTest {

    private static final Lexicon LEXICON = Lexicon.load();
    private static final Vocabulary NAMES =
            Vocabulary.of(List.of("ETH", "USDC", "DAI", "WETH"), List.of("alice.eth", "cold-wallet"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.5 ETH | AMOUNT 0.5 ETH",
                ".5ETH | AMOUNT 0.5 ETH",
                "half an ether | AMOUNT 0.5 ETH",
                "half of an ETH | AMOUNT 0.5 ETH",
                "a quarter of an ether | AMOUNT 0.25 ETH",
                "three quarters of an ETH | AMOUNT 0.75 ETH",
                "1/2 ETH | AMOUNT 0.5 ETH",
                "½ ETH | AMOUNT 0.5 ETH",
                "1½ ETH | AMOUNT 1.5 ETH",
                "one and a half ether | AMOUNT 1.5 ETH",
                "2 and a half eth | AMOUNT 2.5 ETH",
                "zero point two five eth | AMOUNT 0.25 ETH",
                "1,250.75 USDC | AMOUNT 1250.75 USDC",
                "1'250'000 usdc | AMOUNT 1250000 USDC",
                "0,5 ETH | AMOUNT 0.5 ETH",
                "1.5k USDC | AMOUNT 1500 USDC",
                "2M USDC | AMOUNT 2000000 USDC",
                "5m usdc | AMOUNT 5000000 USDC",
                "two ETH | AMOUNT 2 ETH",
                "twenty-five dai | AMOUNT 25 DAI",
                "two hundred and five DAI | AMOUNT 205 DAI",
                "one million two hundred thousand DAI | AMOUNT 1200000 DAI",
                "a hundred usdc | AMOUNT 100 USDC",
                "a couple of ETH | AMOUNT 2 ETH",
                "a dozen DAI | AMOUNT 12 DAI",
                "3 thousand usdc | AMOUNT 3000 USDC",
                "1e3 USDC | AMOUNT 1000 USDC",
                "$100 | AMOUNT 100 USD",
                "250 gwei | AMOUNT 0.00000025 ETH",
                "３ ETH | AMOUNT 3 ETH",
                "5 wrapped ether | AMOUNT 5 WETH",
                "7 FOO | AMOUNT 7 FOO",
                "1 % | PERCENT 1",
                "0.5% | PERCENT 0.5",
                "one percent | PERCENT 1",
                "one per cent | PERCENT 1",
                "half a percent | PERCENT 0.5",
                "100 bps | PERCENT 1",
                "25 basis points | PERCENT 0.25",
                "#7 | ID 7",
                "id 12 | ID 12",
                "number 9 | ID 9",
                "42 | NUMBER 42",
                "5 minutes | DURATION PT5M",
                "24h | DURATION PT24H",
                "5m | DURATION PT5M",
                "1 hour and 30 minutes | DURATION PT1H30M",
                "an hour | DURATION PT1H",
                "an hour and a half | DURATION PT1H30M",
                "30-day | DURATION P30D",
                "two weeks | DURATION P14D",
                "a month | DURATION P30D",
                "1 year | DURATION P365D",
                "PT5M | DURATION PT5M",
                "P2W | DURATION P14D",
                "ETH/USD | PAIR ETH/USD",
                "eth-usdc | PAIR ETH/USDC",
                "ETHUSD | PAIR ETH/USD",
                "ether/dollar | PAIR ETH/USD",
                "ALICE.eth | ADDRESS alice.eth",
                "alice | ADDRESS alice.eth",
                "cold-wallet | ADDRESS cold-wallet",
                "vitalik.eth | ADDRESS vitalik.eth",
                "0x70997970C51812dc3A010C7d01b50e0d17dc79C8 | ADDRESS 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                "0x7099 | HEX 0x7099",
                "0xZZ997970C51812dc3A010C7d01b50e0d17dc79C8 | HEX 0xZZ997970C51812dc3A010C7d01b50e0d17dc79C8",
                "ipfs://bafy/1.png | URI ipfs://bafy/1.png",
                "https://example.org/a?b=c. | URI https://example.org/a?b=c",
                "\"some words\" | QUOTED some words",
                "2026-11-20 | DATE 2026-11-20",
                "half of my ETH | RELATIVE half of my",
                "half the ETH | RELATIVE half the",
                "50% of my ETH | RELATIVE 50",
                "all my ETH | RELATIVE all my",
                "-5 ETH | BROKEN 5",
                "minus two ETH | BROKEN two",
                "1.250.000 ETH | BROKEN 1.250.000",
                "10-20 ETH | BROKEN 10-20",
                "1/3 ETH | BROKEN 1/3",
                "1,2503 ETH | BROKEN 1,2503",
            })
    void readsValues(String text, String expected) {
        Entity first = read(text).get(0);

        String unit = first.unit() == null ? "" : " " + first.unit();
        assertThat(first.kind() + " " + first.value() + unit).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"an ERC-721 token", "the 3rd time", "no numbers here", "on Ethereum", "a second thought", "an NFT"
            })
    void readsNothingThatIsNoValue(String text) {
        assertThat(read(text).stream().filter(Entity::mustBeUsed)).isEmpty();
    }

    @Property
    void readsEveryPlainDecimalExactly(
            @ForAll @LongRange(max = 1_000_000_000_000L) long units, @ForAll @IntRange(max = 18) int decimals) {
        BigDecimal value = BigDecimal.valueOf(units, decimals);

        Entity amount = read("move " + value.toPlainString() + " USDC").get(0);

        assertThat(amount.number()).isEqualByComparingTo(value);
        assertThat(new BigDecimal(amount.value())).isEqualByComparingTo(value);
        assertThat(amount.unit()).isEqualTo("USDC");
    }

    @Property
    void readsGroupedNumbersLikePlainOnes(@ForAll @LongRange(min = 1_000, max = 1_000_000_000_000L) long value) {
        Entity amount =
                read(String.format(java.util.Locale.ROOT, "%,d USDC", value)).get(0);

        assertThat(amount.number()).isEqualByComparingTo(BigDecimal.valueOf(value));
    }

    @Property
    void readsDurationsInEveryUnit(@ForAll @IntRange(min = 1, max = 300) int count, @ForAll("units") String unit) {
        Entity duration = read("for " + count + " " + unit).get(0);

        assertThat(duration.kind()).isEqualTo(Entity.Kind.DURATION);
        assertThat(duration.number()).isEqualByComparingTo(BigDecimal.valueOf(count * LEXICON.unitSeconds(unit)));
        assertThat(DurationReader.iso(duration.value(), 0).seconds()).isEqualTo(count * LEXICON.unitSeconds(unit));
    }

    @Property
    void neverFailsAndInventsNothing(@ForAll @StringLength(max = 300) String noise) {
        Sentence sentence = Sentence.read(LEXICON, NAMES, noise);

        assertThat(sentence.text()).hasSameSizeAs(noise);
        for (Entity entity : sentence.entities()) {
            assertThat(entity.first()).isBetween(0, entity.last());
            assertThat(sentence.text()).contains(entity.said());
        }
    }

    @Provide
    Arbitrary<String> units() {
        return Arbitraries.of("seconds", "minutes", "hours", "days", "weeks", "months");
    }

    private static List<Entity> read(String text) {
        return Sentence.read(LEXICON, NAMES, text).entities();
    }
}
