/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import com.esaulpaugh.headlong.abi.Address;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;

/** 0x text of bytes and addresses. */
final class Hex {

    static final String ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

    private static final HexFormat FORMAT = HexFormat.of();
    private static final int ADDRESS_DIGITS = 40;

    private Hex() {}

    static String text(byte[] bytes) {
        return "0x" + FORMAT.formatHex(bytes);
    }

    static String text(byte[] bytes, int from, int to) {
        return "0x" + FORMAT.formatHex(bytes, from, to);
    }

    /** @throws IllegalArgumentException if it is no hex */
    static byte[] bytes(String text) {
        return FORMAT.parseHex(text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text);
    }

    /** With its EIP-55 checksum. */
    static String address(BigInteger value) {
        return Address.toChecksumAddress(value);
    }

    /** With its EIP-55 checksum; the case of the given letters does not matter. */
    static String address(byte[] bytes, int offset) {
        return Address.toChecksumAddress(text(bytes, offset, offset + ADDRESS_DIGITS / 2));
    }

    /**
     * With its EIP-55 checksum, whatever the case of the given letters.
     *
     * @throws IllegalArgumentException if it is no address
     */
    static String address(String text) {
        if (!isAddress(text)) {
            throw new IllegalArgumentException("not a 0x address");
        }
        return Address.toChecksumAddress("0x" + text.substring(2).toLowerCase(Locale.ROOT));
    }

    static boolean isAddress(String text) {
        return text != null
                && text.length() == ADDRESS_DIGITS + 2
                && text.startsWith("0x")
                && text.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    static boolean isZero(String address) {
        return ZERO_ADDRESS.equals(address);
    }
}
