/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;

class AbiTest {

    private static final String TO = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    private final Abi abi = new Abi();

    /** The examples of the Contract ABI Specification. */
    @Test
    void encodesTheExamplesOfTheSpecification() {
        assertThat(abi.encode(call("baz(uint32,bool)", BigInteger.valueOf(69), true)))
                .isEqualTo("0xcdcd77c0" + word("45") + word("1"));
        assertThat(abi.encode(call("bar(bytes3[2])", List.of("abc".getBytes(), "def".getBytes()))))
                .isEqualTo("0xfce353f6" + right("616263") + right("646566"));
        assertThat(abi.encode(call(
                        "sam(bytes,bool,uint256[])",
                        "dave".getBytes(),
                        true,
                        List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.valueOf(3)))))
                .isEqualTo("0xa5643bf2" + word("60") + word("1") + word("a0") + word("4") + right("64617665")
                        + word("3") + word("1") + word("2") + word("3"));
    }

    @Test
    void readsWhatPeopleWriteWithBlanks() {
        assertThat(abi.signature(call("swap( uint256 , address[] ) ( uint256[] )", BigInteger.ONE, List.of())))
                .isEqualTo("swap(uint256,address[])");
    }

    @Test
    void comesBackWithTheSameTypesThatItTakes() {
        String types = "(uint8,int256,bool,address,bytes4,bytes,string,uint64[],(uint256,string)[],int16[2][])";
        List<Object> values = List.of(
                BigInteger.valueOf(255),
                BigInteger.valueOf(-7),
                true,
                TO,
                new byte[] {1, 2, 3, 4},
                new byte[] {9},
                "Grüße, 世界",
                List.of(BigInteger.ONE, BigInteger.TEN),
                List.of(List.of(BigInteger.TWO, "two"), List.of(BigInteger.ZERO, "")),
                List.of(List.of(BigInteger.ONE.negate(), BigInteger.ZERO)));
        ContractCall call = new ContractCall(TO, "f" + types + types, values);

        String calldata = abi.encode(call);
        List<Object> decoded = abi.decode(call, "0x" + calldata.substring(10));

        assertThat(decoded).usingRecursiveComparison().isEqualTo(values);
    }

    @Test
    void aFunctionWithoutResultsGivesNone() {
        assertThat(abi.decode(call("f()"), "0x")).isEmpty();
    }

    @Test
    void writesArgumentsForPeople() {
        assertThat(Abi.texts(List.of(BigInteger.TEN, TO, new byte[] {-1}, List.of(List.of(true)))))
                .containsExactly("10", TO, "0xff", "[[true]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f", "f(", "f(uint257)", "f(uint)(", "f(uint256", "f(address)(nothing)", "f((uint256)"})
    void refusesWhatIsNoFunction(String function) {
        assertInvalid(() -> abi.encode(call(function, BigInteger.ONE)));
    }

    @Test
    void refusesArgumentsThatDoNotFit() {
        assertInvalid(() -> abi.encode(call("f(uint8)", BigInteger.valueOf(256))));
        assertInvalid(() -> abi.encode(call("f(uint256)", BigInteger.ONE.negate())));
        assertInvalid(() -> abi.encode(call("f(uint256)", "1")));
        assertInvalid(() -> abi.encode(call("f(uint256)")));
        assertInvalid(() -> abi.encode(call("f(address)", "alice.eth")));
        assertInvalid(() -> abi.encode(call("f(address)", TO.replace('F', 'f'))));
        assertInvalid(() -> abi.encode(call("f(uint256[2])", List.of(BigInteger.ONE))));
        assertInvalid(() -> abi.encode(call("f" + "(".repeat(2000))));
    }

    @Test
    void saysThatAnAddressWithoutContractAnswersNothing() {
        assertThatThrownBy(() -> abi.decode(call("f()(uint256)"), "0x"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.plainText()).contains("there is no contract"));
        assertInvalid(() -> abi.decode(call("f()(uint256)"), "0x1234"));
    }

    private static ContractCall call(String function, Object... arguments) {
        return ContractCall.of(TO, function, arguments);
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(ChainError.CHAIN_CALL_INVALID));
    }

    private static String word(String hex) {
        return "0".repeat(64 - hex.length()) + hex;
    }

    private static String right(String hex) {
        return hex + "0".repeat(64 - hex.length());
    }
}
