/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FunctionShapeTest {

    private static final String ADDRESS = "0x00000000000000000000000000000000000000b0";

    @Test
    void readsInputsAndOutputs() {
        FunctionShape shape = FunctionShape.parse("getAmountsOut(uint256,address[])(uint256[])");

        assertThat(shape)
                .isEqualTo(new FunctionShape("getAmountsOut", List.of("uint256", "address[]"), List.of("uint256[]")));
        assertThat(shape.faultOfArguments(List.of(BigInteger.TEN, List.of(ADDRESS))))
                .isEmpty();
        assertThat(shape.faultOfResults(List.of(List.of(BigInteger.TEN)))).isEmpty();
    }

    @Test
    void findsWhatAChainWouldRefuse() {
        FunctionShape shape = FunctionShape.parse("f(uint8,address,bytes32,bool,(int256,string),bytes)");

        assertThat(shape.faultOfArguments(List.of()))
                .hasValueSatisfying(text -> assertThat(text).contains("6 arguments"));
        assertThat(shape.faultOfArguments(List.of(
                        BigInteger.valueOf(255),
                        ADDRESS,
                        new byte[32],
                        true,
                        List.of(BigInteger.ONE, "a"),
                        new byte[0])))
                .isEmpty();
        assertThat(fault(shape, BigInteger.valueOf(256), ADDRESS, new byte[32])).contains("argument 0 is no uint8");
        assertThat(fault(shape, BigInteger.valueOf(-1), ADDRESS, new byte[32])).contains("argument 0");
        assertThat(fault(shape, 1, ADDRESS, new byte[32])).contains("argument 0");
        assertThat(fault(shape, BigInteger.ONE, "alice.eth", new byte[32])).contains("argument 1");
        assertThat(fault(shape, BigInteger.ONE, ADDRESS, new byte[31])).contains("argument 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "balanceOf", "balanceOf(address", "balance of(address)", "f(Address)"})
    void refusesWhatIsNoFunction(String text) {
        assertThatThrownBy(() -> FunctionShape.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String fault(FunctionShape shape, Object number, String address, byte[] bytes) {
        return shape.faultOfArguments(List.of(number, address, bytes, true, List.of(BigInteger.ONE, "a"), new byte[0]))
                .orElseThrow();
    }
}
