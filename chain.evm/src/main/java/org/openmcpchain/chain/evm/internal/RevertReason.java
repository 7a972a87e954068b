/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import com.esaulpaugh.headlong.abi.Tuple;
import com.esaulpaugh.headlong.abi.TupleType;
import java.math.BigInteger;
import java.util.Map;
import org.web3j.utils.Numeric;

/** Why a contract refused, from the bytes that it reverted with. Source: Solidity documentation, "Panic and Error". */
final class RevertReason {

    static final String WITHOUT_REASON = "the contract gave no reason";

    private static final int SELECTOR_DIGITS = 10;
    private static final int MAX_LENGTH = 300;
    private static final String ERROR = "0x08c379a0";
    private static final String PANIC = "0x4e487b71";
    private static final TupleType<Tuple> TEXT = TupleType.parse("(string)");
    private static final TupleType<Tuple> NUMBER = TupleType.parse("(uint256)");
    private static final Map<Integer, String> PANICS = Map.of(
            0x01, "an assertion failed",
            0x11, "an arithmetic overflow or underflow",
            0x12, "a division by zero",
            0x21, "a value outside its enumeration",
            0x22, "a badly encoded storage array",
            0x31, "a pop from an empty array",
            0x32, "an array index out of bounds",
            0x41, "too much memory",
            0x51, "a call of an uninitialised function");

    private RevertReason() {}

    /** @param data what the contract reverted with, 0x hex; null or empty when it gave none */
    static String of(String data) {
        if (data == null || data.length() < SELECTOR_DIGITS) {
            return WITHOUT_REASON;
        }
        String selector = data.substring(0, SELECTOR_DIGITS).toLowerCase(java.util.Locale.ROOT);
        try {
            byte[] arguments = Numeric.hexStringToByteArray(data.substring(SELECTOR_DIGITS));
            if (selector.equals(ERROR)) {
                return bounded(TEXT.decode(arguments).get(0));
            }
            if (selector.equals(PANIC)) {
                BigInteger code = NUMBER.decode(arguments).get(0);
                return PANICS.getOrDefault(
                        code.bitLength() < 31 ? code.intValue() : -1, "panic 0x" + code.toString(16));
            }
        } catch (RuntimeException malformed) {
            return "a malformed reason, " + bounded(data);
        }
        return "custom error " + bounded(data);
    }

    /** A contract chooses this text: its length is limited, and control characters could forge log lines. */
    private static String bounded(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", " ").strip();
        return printable.length() <= MAX_LENGTH ? printable : printable.substring(0, MAX_LENGTH) + "…";
    }
}
