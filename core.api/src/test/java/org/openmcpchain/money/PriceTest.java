/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PriceTest {

    @Test
    void refusesWhatIsNoPrice() {
        assertThat(new Price(BigInteger.ONE, 36, Instant.EPOCH).decimals()).isEqualTo(36);
        assertThatThrownBy(() -> new Price(BigInteger.ZERO, 8, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price(BigInteger.ONE.negate(), 8, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price(BigInteger.ONE, 37, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price(BigInteger.ONE, 8, null)).isInstanceOf(NullPointerException.class);
    }
}
