/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.money;

import java.util.Objects;
import java.util.regex.Pattern;
import org.openmcpchain.chain.ChainId;

/**
 * An asset by its CAIP-19 name, for example {@code eip155:31337/slip44:60} (the native coin) or
 * {@code eip155:31337/erc20:0x5fbd…}. Immutable. Source: CAIP-19.
 */
public record AssetId(ChainId chain, String namespace, String reference) {

    private static final Pattern NAMESPACE = Pattern.compile("[-a-z0-9]{3,8}");
    private static final Pattern REFERENCE = Pattern.compile("[-.%a-zA-Z0-9]{1,128}");

    /** @throws IllegalArgumentException if a part is not well formed */
    public AssetId {
        Objects.requireNonNull(chain, "chain");
        if (!NAMESPACE.matcher(namespace).matches()
                || !REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("not a CAIP-19 asset: " + namespace + ":" + reference);
        }
    }

    /** The native coin of an EVM chain, by its SLIP-44 number (60 for Ether). */
    public static AssetId coin(ChainId chain, int slip44) {
        return new AssetId(chain, "slip44", Integer.toString(slip44));
    }

    /** An ERC-20 token by its contract address. */
    public static AssetId erc20(ChainId chain, String contract) {
        return new AssetId(chain, "erc20", contract);
    }

    /** @throws IllegalArgumentException if the text is not a CAIP-19 asset */
    public static AssetId parse(String text) {
        int slash = text.indexOf('/');
        int colon = text.indexOf(':', slash + 1);
        if (slash < 0 || colon < 0) {
            throw new IllegalArgumentException("not a CAIP-19 asset: " + text);
        }
        return new AssetId(
                ChainId.parse(text.substring(0, slash)), text.substring(slash + 1, colon), text.substring(colon + 1));
    }

    /** Whether this is the chain's own coin and not a token contract. */
    public boolean isCoin() {
        return namespace.equals("slip44");
    }

    @Override
    public String toString() {
        return chain + "/" + namespace + ":" + reference;
    }
}
