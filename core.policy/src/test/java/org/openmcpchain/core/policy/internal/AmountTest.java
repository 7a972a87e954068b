/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    @Test
    void readsWholeNumbersAndScientificOnes() {
        assertThat(Amount.parse("1000").units()).isEqualTo(BigInteger.valueOf(1000));
        assertThat(Amount.parse("1.5e18").units()).isEqualTo(new BigInteger("1500000000000000000"));
        assertThat(Amount.parse("-3").units()).isEqualTo(BigInteger.valueOf(-3));
        assertThat(Amount.parse(Intents.MAX.toString()).units()).isEqualTo(Intents.MAX);
    }

    @Test
    void scalesWhatPeopleWrite() {
        assertThat(Amount.scaled("0.5", 18).units()).isEqualTo(new BigInteger("500000000000000000"));
        assertThat(Amount.scaled("0.000001", 6).units()).isEqualTo(BigInteger.ONE);
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.scaled("0.0000001", 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0.5", "1e", "e5", "0x10", " 1", "1 ", "1e999", "١", "+1", "NaN", "1_000", "1e-3", "--1"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.parse(text));
    }

    @Test
    void staysWithinItsBits() {
        Amount large = new Amount(BigInteger.ONE.shiftLeft(1023));
        assertThatIllegalArgumentException().isThrownBy(() -> large.times(large));
        assertThatIllegalArgumentException().isThrownBy(() -> large.plus(large));
        assertThatIllegalArgumentException().isThrownBy(() -> large.dividedBy(Amount.of(0)));
    }

    @Property
    void comparesAndCountsAsIntegersDo(@ForAll BigInteger a, @ForAll BigInteger b) {
        Amount left = new Amount(a);
        Amount right = new Amount(b);
        assertThat(Integer.signum(left.compareTo(right))).isEqualTo(a.compareTo(b));
        assertThat(left.plus(right).units()).isEqualTo(a.add(b));
        assertThat(left.minus(right).units()).isEqualTo(a.subtract(b));
        assertThat(left.times(right).units()).isEqualTo(a.multiply(b));
        assertThat(Amount.parse(left.toString())).isEqualTo(left);
    }
}
