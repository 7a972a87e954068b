/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.util.regex.Pattern;

/** A network by its CAIP-2 name, for example {@code eip155:31337}. Immutable. Source: CAIP-2. */
public record ChainId(String namespace, String reference) {

    private static final Pattern NAMESPACE = Pattern.compile("[-a-z0-9]{3,8}");
    private static final Pattern REFERENCE = Pattern.compile("[-_a-zA-Z0-9]{1,32}");

    /** @throws IllegalArgumentException if a part is not well formed */
    public ChainId {
        if (!NAMESPACE.matcher(namespace).matches()
                || !REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("not a CAIP-2 chain: " + namespace + ":" + reference);
        }
    }

    /** An EVM chain by its EIP-155 number. */
    public static ChainId eip155(long number) {
        return new ChainId("eip155", Long.toString(number));
    }

    /** @throws IllegalArgumentException if the text is not a CAIP-2 chain */
    public static ChainId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a CAIP-2 chain: " + text);
        }
        return new ChainId(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return namespace + ":" + reference;
    }
}
