/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.chain.ChainId;

final class MoneyTest {

    private static final ChainId CHAIN = ChainId.eip155(31337);
    private static final Asset USDC = new Asset(AssetId.erc20(CHAIN, "0x5fbd"), "USDC", 6);
    private static final Asset ETH = new Asset(AssetId.coin(CHAIN, 60), "ETH", 18);

    @ParameterizedTest
    @ValueSource(strings = {"eip155:31337/slip44:60", "eip155:1/erc20:0xA0b8", "eip155:1/erc721:0x06/771"})
    void assetNamesGoThereAndBackWhenTheyAreWellFormed(String name) {
        if (name.endsWith("/771")) {
            assertThatThrownBy(() -> AssetId.parse(name)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(AssetId.parse(name)).hasToString(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ETH",
                "eip155:1",
                "eip155:1/",
                "eip155:1/erc20",
                "eip155:1/erc20:",
                "/erc20:0x",
                "eip155:1/E:0x"
            })
    void refusesWhatIsNoAssetName(String name) {
        assertThatThrownBy(() -> AssetId.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheCoinOfAChain() {
        assertThat(ETH.id()).hasToString("eip155:31337/slip44:60");
        assertThat(ETH.id().isCoin()).isTrue();
        assertThat(USDC.id().isCoin()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1000000", "0.000001,1", "1.50,1500000", "1e3,1000000000", "0e999999999,0"})
    void countsBaseUnitsExactly(BigDecimal whole, BigInteger units) {
        assertThat(USDC.units(whole)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000001", "1e-999999999", "1e999999999", "1e73"})
    void refusesAmountsThatTheAssetOrAnyChainCannotHold(BigDecimal whole) {
        assertThatThrownBy(() -> USDC.units(whole)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,0.000001", "1500000,1.5", "1000000,1", "123000000000,123000"})
    void showsWholeUnitsWithoutExponentAndTrailingZeros(BigInteger units, String shown) {
        assertThat(USDC.format(units)).isEqualTo(shown);
    }

    @Property
    void whatIsShownCountsAsWhatItWas(
            @ForAll
                    @BigRange(
                            min = "0",
                            max = "115792089237316195423570985008687907853269984665640564039457584007913129639935")
                    BigInteger units,
            @ForAll @IntRange(max = 36) int decimals) {
        Asset asset = new Asset(ETH.id(), "X", decimals);
        assertThat(asset.units(new BigDecimal(asset.format(units)))).isEqualTo(units);
    }

    @Test
    void refusesAssetsThatCannotBe() {
        assertThatThrownBy(() -> new Asset(ETH.id(), " ", 18)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Asset(ETH.id(), "X".repeat(33), 18)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Asset(ETH.id(), "X", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Asset(ETH.id(), "X", 37)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsAmountsOfOneAssetOnly() {
        AssetAmount one = new AssetAmount(BigInteger.ONE, USDC.id());
        assertThat(one.plus(one).units()).isEqualTo(2);
        assertThatThrownBy(() -> one.plus(new AssetAmount(BigInteger.ONE, ETH.id())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AssetAmount(BigInteger.ONE.negate(), USDC.id()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
