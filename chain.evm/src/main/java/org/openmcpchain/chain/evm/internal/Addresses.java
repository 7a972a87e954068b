/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import org.web3j.crypto.Keys;

/** 0x addresses. Source of the checksum: EIP-55. */
final class Addresses {

    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

    private Addresses() {}

    static boolean isAddress(String text) {
        return text != null && ADDRESS.matcher(text).matches();
    }

    /**
     * The address with its checksum. One that is in mixed case must already have the right one, so that a typing error
     * is found before money goes there.
     *
     * @throws IllegalArgumentException if it is not an address, or its checksum is wrong
     */
    static String checksummed(String text) {
        if (!isAddress(text)) {
            throw new IllegalArgumentException("not a 0x address");
        }
        String digits = text.substring(2);
        String checksummed = Keys.toChecksumAddress(text);
        boolean mixed =
                !digits.equals(digits.toLowerCase(Locale.ROOT)) && !digits.equals(digits.toUpperCase(Locale.ROOT));
        if (mixed && !checksummed.equals(text)) {
            throw new IllegalArgumentException("the checksum of the address is wrong");
        }
        return checksummed;
    }

    /** The form by which addresses are compared. */
    static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
