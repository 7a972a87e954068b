/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmcpchain.chain.Log;

/** Events as a node reports them: indexed values in topics, the others in 32-byte words of data. */
public final class FakeLogs {

    /** Hash of {@code Transfer(address,address,uint256)}, of ERC-20 and ERC-721. */
    public static final String TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

    private static final int WORD_HEX = 64;

    private FakeLogs() {}

    /** An ERC-20 transfer: the amount stands in the data. */
    public static Log erc20Transfer(String token, String from, String to, BigInteger units) {
        return event(token, TRANSFER, List.of(word(from), word(to)), units);
    }

    /** An ERC-721 transfer: the token id is a topic. */
    public static Log erc721Transfer(String collection, String from, String to, BigInteger tokenId) {
        return event(collection, TRANSFER, List.of(word(from), word(to), word(tokenId)));
    }

    /**
     * Any event.
     *
     * @param signatureHash its first topic
     * @param indexed its other topics, see {@link #word(String)}
     * @param data its data, one word each
     */
    public static Log event(String contract, String signatureHash, List<String> indexed, BigInteger... data) {
        List<String> topics = new ArrayList<>();
        topics.add(signatureHash);
        topics.addAll(indexed);
        StringBuilder words = new StringBuilder("0x");
        for (BigInteger word : data) {
            words.append(word(word).substring(2));
        }
        return new Log(contract, topics, words.toString());
    }

    /** An address as a 32-byte word, 0x hex. */
    public static String word(String address) {
        return word(new BigInteger(address.substring(2), 16));
    }

    /** A number that is not negative as a 32-byte word, 0x hex. */
    public static String word(BigInteger number) {
        String hex = number.toString(16).toLowerCase(Locale.ROOT);
        return "0x" + "0".repeat(WORD_HEX - hex.length()) + hex;
    }
}
