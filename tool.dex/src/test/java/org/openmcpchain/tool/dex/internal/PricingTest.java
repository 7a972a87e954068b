/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.AssetId;

final class PricingTest {

    private static final String MOST = "1000000000000000000000000000000";

    @ParameterizedTest
    @CsvSource({
        "1000, 0, 1000",
        "1000, 0.5, 995",
        "1000, 1, 990",
        "999, 0.5, 994",
        "1, 0.5, 0",
        "1992013962079806432, 0.3, 1986037920193567012",
        "1000, 50, 500",
        "3, 33.3333333333, 2",
    })
    void roundsTheMinimumDown(BigInteger quoted, BigDecimal slippage, BigInteger minimum) {
        assertThat(Pricing.minimumReceived(quoted, slippage)).isEqualTo(minimum);
    }

    @Property
    void neverAcceptsLessThanTheSlippageAllows(
            @ForAll @BigRange(min = "0", max = MOST) BigInteger quoted, @ForAll @IntRange(max = 5000) int basisPoints) {
        BigInteger minimum = Pricing.minimumReceived(quoted, new BigDecimal(BigInteger.valueOf(basisPoints), 2));

        BigInteger exact = quoted.multiply(BigInteger.valueOf(10_000L - basisPoints));
        BigInteger tenThousand = BigInteger.valueOf(10_000);
        assertThat(minimum.multiply(tenThousand)).isLessThanOrEqualTo(exact);
        assertThat(minimum.add(BigInteger.ONE).multiply(tenThousand)).isGreaterThan(exact);
    }

    /** The amounts of a real swap on the contracts: one token into a pool of 1000 and 2000. */
    @Test
    void knowsTheImpactOfAKnownSwap() {
        BigInteger one = BigInteger.TEN.pow(18);
        Hop hop = new Hop("pool", one.multiply(BigInteger.valueOf(1000)), one.multiply(BigInteger.valueOf(2000)));

        BigInteger impact = Pricing.priceImpactPpm(one, new BigInteger("1992013962079806432"), List.of(hop));

        assertThat(Pricing.percent(impact)).isEqualTo("0.0997");
    }

    @Property
    void impactGrowsWithTheAmountAndStaysBelowOneHundredPercent(
            @ForAll @BigRange(min = "1000000", max = MOST) BigInteger reserveIn,
            @ForAll @BigRange(min = "1000000", max = MOST) BigInteger reserveOut,
            @ForAll @BigRange(min = "1", max = MOST) BigInteger amount) {
        Hop hop = new Hop("pool", reserveIn, reserveOut);
        BigInteger more = amount.multiply(BigInteger.TWO);

        BigInteger small = Pricing.priceImpactPpm(amount, FakeMarket.amountOut(amount, hop), List.of(hop));
        BigInteger large = Pricing.priceImpactPpm(more, FakeMarket.amountOut(more, hop), List.of(hop));

        assertThat(small).isBetween(BigInteger.ZERO, BigInteger.valueOf(1_000_000));
        // What is rounded away of a tiny output counts as impact, so growth shows only above that noise.
        if (FakeMarket.amountOut(amount, hop).bitLength() > 40) {
            assertThat(large).isGreaterThanOrEqualTo(small);
        }
    }

    @Test
    void showsPricesWithoutExponents() {
        ChainId chain = ChainId.eip155(1);
        Asset ether = new Asset(AssetId.coin(chain, 60), "ETH", 18);
        Asset dollar = new Asset(AssetId.erc20(chain, "0xabc"), "USDC", 6);

        assertThat(Pricing.price(ether, BigInteger.TEN.pow(18), dollar, BigInteger.valueOf(3_000_000_000L)))
                .isEqualTo("3000");
        assertThat(Pricing.price(dollar, BigInteger.valueOf(3_000_000_000L), ether, BigInteger.TEN.pow(18)))
                .isEqualTo("0.000333333333333");
    }
}
