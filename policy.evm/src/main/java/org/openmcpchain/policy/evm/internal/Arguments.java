/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import com.esaulpaugh.headlong.abi.Address;
import com.esaulpaugh.headlong.abi.Tuple;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Decoded arguments by position. The types are those of the signature, so a wrong one is a fault of ours. */
final class Arguments {

    private final Tuple tuple;

    Arguments(Tuple tuple) {
        this.tuple = tuple;
    }

    String address(int index) {
        return Hex.address(((Address) tuple.get(index)).value());
    }

    List<String> addresses(int index) {
        return Arrays.stream((Address[]) tuple.get(index))
                .map(address -> Hex.address(address.value()))
                .toList();
    }

    BigInteger number(int index) {
        Object value = tuple.get(index);
        return value instanceof BigInteger number ? number : BigInteger.valueOf(((Number) value).longValue());
    }

    List<BigInteger> numbers(int index) {
        return List.of((BigInteger[]) tuple.get(index));
    }

    boolean flag(int index) {
        return (Boolean) tuple.get(index);
    }

    byte[] bytes(int index) {
        return tuple.get(index);
    }

    byte[][] byteArrays(int index) {
        return tuple.get(index);
    }

    Arguments tuple(int index) {
        return new Arguments(tuple.get(index));
    }

    List<Arguments> tuples(int index) {
        return Arrays.stream((Tuple[]) tuple.get(index)).map(Arguments::new).toList();
    }
}
