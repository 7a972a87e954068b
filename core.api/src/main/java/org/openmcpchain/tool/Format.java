/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

/**
 * What kind of value a text or number parameter holds. It becomes the {@code format} keyword of the schema, and tells
 * models and the planner how to read the value out of a sentence.
 */
public enum Format {
    /** Free text. */
    TEXT("text"),
    /** A decimal number of whole units, as people write it: {@code 0.5}. */
    AMOUNT("amount"),
    /** The symbol of an asset: {@code USDC}. */
    ASSET("asset"),
    /** A 0x address, or a name of the address book such as {@code alice.eth}. */
    ADDRESS("address"),
    /** A number of per cent: {@code 1} for 1 %. */
    PERCENT("percent"),
    /** A whole number that names one thing among many, such as a token id. */
    ID("id"),
    /** A length of time as ISO-8601: {@code PT15M}. */
    DURATION("duration"),
    /** A pair of assets: {@code ETH/USD}. */
    PAIR("pair"),
    /** A web or IPFS address. */
    URI("uri");

    private final String keyword;

    Format(String keyword) {
        this.keyword = keyword;
    }

    /** The value of the schema's {@code format} keyword. */
    public String keyword() {
        return keyword;
    }
}
