/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.util.Objects;
import java.util.regex.Pattern;

/** An account by its CAIP-10 name, for example {@code eip155:31337:0xf39f…}. Immutable. Source: CAIP-10. */
public record AccountId(ChainId chain, String address) {

    private static final Pattern ADDRESS = Pattern.compile("[-.%a-zA-Z0-9]{1,128}");

    /** @throws IllegalArgumentException if the address is not well formed */
    public AccountId {
        Objects.requireNonNull(chain, "chain");
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("not a CAIP-10 address");
        }
    }

    /** @throws IllegalArgumentException if the text is not a CAIP-10 account */
    public static AccountId parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a CAIP-10 account: " + text);
        }
        return new AccountId(ChainId.parse(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return chain + ":" + address;
    }
}
