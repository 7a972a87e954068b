/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint160;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint48;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.utils.Numeric;

/** Calldata as web3j writes it. */
final class Calldata {

    private Calldata() {}

    static String call(String name, Type<?>... arguments) {
        return FunctionEncoder.encode(new Function(name, Arrays.asList((Type[]) arguments), List.of()));
    }

    static String arguments(Type<?>... arguments) {
        return "0x" + FunctionEncoder.encodeConstructor(Arrays.asList((Type[]) arguments));
    }

    static Address address(String text) {
        return new Address(text);
    }

    static Uint256 number(long value) {
        return new Uint256(BigInteger.valueOf(value));
    }

    static Uint256 number(BigInteger value) {
        return new Uint256(value);
    }

    static Uint160 number160(BigInteger value) {
        return new Uint160(value);
    }

    static Uint48 time(long seconds) {
        return new Uint48(BigInteger.valueOf(seconds));
    }

    static Uint8 small(long value) {
        return new Uint8(BigInteger.valueOf(value));
    }

    static Bool flag(boolean value) {
        return new Bool(value);
    }

    static Bytes32 word() {
        return new Bytes32(new byte[32]);
    }

    static DynamicBytes bytes(String hex) {
        return new DynamicBytes(Numeric.hexStringToByteArray(hex));
    }

    static DynamicArray<DynamicBytes> calls(String... data) {
        return new DynamicArray<>(
                DynamicBytes.class, Arrays.stream(data).map(Calldata::bytes).toList());
    }

    static DynamicArray<Address> path(String... tokens) {
        return new DynamicArray<>(
                Address.class, Arrays.stream(tokens).map(Address::new).toList());
    }

    static DynamicArray<Uint256> numbers(long... values) {
        return new DynamicArray<>(
                Uint256.class, Arrays.stream(values).mapToObj(Calldata::number).toList());
    }

    static StaticStruct fixed(Type<?>... parts) {
        return new StaticStruct((Type[]) parts);
    }

    static DynamicStruct dynamic(Type<?>... parts) {
        return new DynamicStruct((Type[]) parts);
    }

    static DynamicArray<StaticStruct> fixedList(StaticStruct... parts) {
        return new DynamicArray<>(StaticStruct.class, List.of(parts));
    }

    static DynamicArray<DynamicStruct> dynamicList(DynamicStruct... parts) {
        return new DynamicArray<>(DynamicStruct.class, List.of(parts));
    }

    /** A Safe transaction; its signatures do not matter here. */
    static String safe(String to, long value, String data, int operation) {
        return call(
                "execTransaction",
                address(to),
                number(value),
                bytes(data),
                small(operation),
                number(0),
                number(0),
                number(0),
                address(Hex.ZERO_ADDRESS),
                address(Hex.ZERO_ADDRESS),
                bytes("0x" + "11".repeat(65)));
    }

    /** One transaction in MultiSend's packing. */
    static String packed(int operation, String to, long value, String data) {
        String digits = Numeric.cleanHexPrefix(data);
        return String.format("%02x", operation)
                + Numeric.cleanHexPrefix(to).toLowerCase(java.util.Locale.ROOT)
                + Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(value), 64)
                + Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(digits.length() / 2), 64)
                + digits;
    }
}
