/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevertReasonTest {

    @ParameterizedTest
    @CsvSource({
        "01, an assertion failed",
        "11, an arithmetic overflow or underflow",
        "12, a division by zero",
        "32, an array index out of bounds",
        "99, panic 0x99"
    })
    void namesPanics(String code, String expected) {
        assertThat(RevertReason.of("0x4e487b71" + "0".repeat(62) + code)).isEqualTo(expected);
    }

    @Test
    void showsCustomErrorsAsTheyAre() {
        assertThat(RevertReason.of("0x025dbdd4")).isEqualTo("custom error 0x025dbdd4");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0x", "0x1234"})
    void saysWhenThereIsNoReason(String data) {
        assertThat(RevertReason.of(data)).isEqualTo(RevertReason.WITHOUT_REASON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x08c379a0", "0x08c379a0ffff", "0x4e487b7100"})
    void survivesMalformedReasons(String data) {
        assertThat(RevertReason.of(data)).startsWith("a malformed reason");
    }

    @Test
    void aPanicCodeThatIsNoNumberOfOursIsShown() {
        assertThat(RevertReason.of("0x4e487b71" + "f".repeat(64))).isEqualTo("panic 0x" + "f".repeat(64));
    }
}
