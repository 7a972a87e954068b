/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.AssetId;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/** Movements of property out of events. Source: ERC-20, ERC-721, ERC-1155; WETH9 for wrapping. */
final class TransferLogs {

    private static final String TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    private static final String SINGLE = "0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62";
    private static final String BATCH = "0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb";
    private static final String DEPOSIT = "0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c";
    private static final String WITHDRAWAL = "0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65";
    /** Where a simulating node says that the coin moved. */
    private static final String COIN_PLACE = "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";

    private static final String NOBODY = "0x0000000000000000000000000000000000000000";

    private static final int WORD_BYTES = 32;
    private static final int WORD_DIGITS = 64;
    private static final int ADDRESS_DIGITS = 40;
    private static final int MAX_BATCH = 256;

    private final NetworkInfo network;
    private final Map<String, Asset> assets = new HashMap<>();

    TransferLogs(NetworkInfo network) {
        this.network = network;
        network.assets().forEach(asset -> assets.put(asset.id().toString(), asset));
    }

    /**
     * Something changes hands.
     *
     * @param from 0x hex with checksum
     * @param to 0x hex with checksum
     * @param asset its CAIP-19 name
     * @param tokenId which one of a collection, or null
     * @param amount base units
     */
    record Movement(String from, String to, String asset, BigInteger tokenId, BigInteger amount) {}

    static boolean isNobody(String address) {
        return NOBODY.equals(address);
    }

    Optional<Asset> known(String asset) {
        return Optional.ofNullable(assets.get(asset));
    }

    Movement coin(String from, String to, BigInteger wei) {
        return new Movement(address(from), address(to), network.coin().id().toString(), null, wei);
    }

    /** What an event says; nothing when it is about something else. @throws IllegalArgumentException if it is malformed */
    List<Movement> read(JsonNode log) {
        List<String> topics = new ArrayList<>();
        log.path("topics").forEach(topic -> topics.add(topic.asText()));
        if (topics.isEmpty()) {
            return List.of();
        }
        String contract = address(log.path("address").asText());
        byte[] data = Numeric.hexStringToByteArray(log.path("data").asText("0x"));
        return switch (topics.get(0)) {
            case TRANSFER -> transfer(contract, topics, data);
            case SINGLE -> topics.size() == 4 ? single(contract, topics, data) : List.of();
            case BATCH -> topics.size() == 4 ? batch(contract, topics, data) : List.of();
            case DEPOSIT -> wrapped(contract, topics, data, true);
            case WITHDRAWAL -> wrapped(contract, topics, data, false);
            default -> List.of();
        };
    }

    private List<Movement> transfer(String contract, List<String> topics, byte[] data) {
        if (topics.size() == 4) {
            return List.of(new Movement(
                    party(topics.get(1)),
                    party(topics.get(2)),
                    name("erc721", contract),
                    number(topics.get(3)),
                    BigInteger.ONE));
        }
        if (topics.size() != 3 || data.length < WORD_BYTES) {
            return List.of();
        }
        String asset =
                contract.equalsIgnoreCase(COIN_PLACE) ? network.coin().id().toString() : name("erc20", contract);
        return List.of(new Movement(party(topics.get(1)), party(topics.get(2)), asset, null, word(data, 0)));
    }

    /** The wrapped coin tells of its making in an event of its own, and not as a transfer. */
    private List<Movement> wrapped(String contract, List<String> topics, byte[] data, boolean made) {
        String asset = name("erc20", contract);
        if (topics.size() != 2 || data.length != WORD_BYTES || !isWrappedCoin(asset)) {
            return List.of();
        }
        String holder = party(topics.get(1));
        return List.of(new Movement(made ? NOBODY : holder, made ? holder : NOBODY, asset, null, word(data, 0)));
    }

    /** Many contracts have such events; those of the coin's own wrapping are believed. */
    private boolean isWrappedCoin(String asset) {
        return known(asset)
                .filter(known ->
                        known.symbol().equalsIgnoreCase("W" + network.coin().symbol()))
                .isPresent();
    }

    private List<Movement> single(String contract, List<String> topics, byte[] data) {
        return data.length < 2 * WORD_BYTES
                ? List.of()
                : List.of(new Movement(
                        party(topics.get(2)),
                        party(topics.get(3)),
                        name("erc1155", contract),
                        word(data, 0),
                        word(data, 1)));
    }

    private List<Movement> batch(String contract, List<String> topics, byte[] data) {
        List<BigInteger> ids = words(data, 0);
        List<BigInteger> amounts = words(data, 1);
        if (ids.size() != amounts.size()) {
            throw new IllegalArgumentException("as many amounts as ids");
        }
        List<Movement> movements = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            movements.add(new Movement(
                    party(topics.get(2)), party(topics.get(3)), name("erc1155", contract), ids.get(i), amounts.get(i)));
        }
        return movements;
    }

    /** The array whose place stands in a word of the head. */
    private static List<BigInteger> words(byte[] data, int head) {
        int start = index(word(data, head), data) / WORD_BYTES;
        int count = index(word(data, start), data);
        if (count > MAX_BATCH) {
            throw new IllegalArgumentException("too many at once");
        }
        List<BigInteger> words = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            words.add(word(data, start + i));
        }
        return words;
    }

    private static int index(BigInteger number, byte[] data) {
        if (number.bitLength() > 31 || number.intValue() > data.length) {
            throw new IllegalArgumentException("outside of the data");
        }
        return number.intValue();
    }

    private static BigInteger word(byte[] data, int index) {
        int from = index * WORD_BYTES;
        if (from + WORD_BYTES > data.length) {
            throw new IllegalArgumentException("outside of the data");
        }
        return new BigInteger(1, data, from, WORD_BYTES);
    }

    private static BigInteger number(String topic) {
        return new BigInteger(topic.substring(2), 16);
    }

    private static String party(String topic) {
        if (topic.length() != WORD_DIGITS + 2) {
            throw new IllegalArgumentException("not a topic");
        }
        return address("0x" + topic.substring(topic.length() - ADDRESS_DIGITS));
    }

    private static String address(String text) {
        if (!Addresses.isAddress(text)) {
            throw new IllegalArgumentException("not an address");
        }
        return Keys.toChecksumAddress(text);
    }

    private String name(String namespace, String contract) {
        return new AssetId(network.id(), namespace, contract).toString();
    }
}
