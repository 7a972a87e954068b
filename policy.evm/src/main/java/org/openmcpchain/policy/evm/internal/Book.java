/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.AssetId;

/** What is known of addresses on one network. */
final class Book {

    private static final String COLLECTION = "erc721";

    private final NetworkInfo network;
    private final Map<String, String> contracts = new HashMap<>();
    private final Map<String, String> accounts = new HashMap<>();
    private final Map<String, Asset> assets = new HashMap<>();

    Book(NetworkInfo network) {
        this.network = network;
        network.contracts().forEach((name, address) -> contracts.putIfAbsent(key(address), Words.plain(name)));
        network.names().forEach((name, address) -> accounts.putIfAbsent(key(address), Words.plain(name)));
        network.assets().stream()
                .filter(asset -> !asset.id().isCoin())
                .forEach(asset -> assets.putIfAbsent(key(asset.id().reference()), asset));
    }

    /**
     * Something that can be moved.
     *
     * @param id its CAIP-19 name
     * @param symbol its symbol, or null when it is not known
     * @param decimals how many, or null when that is not known
     * @param address its contract, or null for the coin
     */
    record Token(String id, String symbol, Integer decimals, String address) {

        /** {@code 1.5 USDC}, or {@code 1500000 base units of token 0x…}. */
        String amount(BigInteger units) {
            return decimals == null
                    ? units + " base units of " + what()
                    : Words.decimal(units, decimals) + " " + symbol;
        }

        /** {@code USDC}, or {@code token 0x…}. */
        String what() {
            return symbol == null ? "token " + address : symbol;
        }

        /** {@code the collection 0x… (PUNK)}: symbols of collections are not checked by anybody, so the address stands too. */
        String collection() {
            return "the collection " + address + (symbol == null ? "" : " (" + symbol + ")");
        }
    }

    Token coin() {
        Asset coin = network.coin();
        return new Token(coin.id().toString(), Words.plain(coin.symbol()), coin.decimals(), null);
    }

    /** The fungible token of a contract. */
    Token token(String address) {
        Asset known = assets.get(key(address));
        return known == null || known.id().namespace().equals(COLLECTION)
                ? new Token(AssetId.erc20(network.id(), address).toString(), null, null, address)
                : new Token(known.id().toString(), Words.plain(known.symbol()), known.decimals(), address);
    }

    /** The collection of non-fungible tokens ({@code erc721}) or of mixed ones ({@code erc1155}) of a contract. */
    Token collection(String namespace, String address) {
        Asset known = assets.get(key(address));
        String name = known == null ? contracts.get(key(address)) : Words.plain(known.symbol());
        return new Token(new AssetId(network.id(), namespace, address).toString(), name, null, address);
    }

    /** Whether a contract is known to be a fungible token. */
    boolean isToken(String address) {
        Asset known = assets.get(key(address));
        return known != null && !known.id().namespace().equals(COLLECTION);
    }

    /** Whether a contract is known to be a collection of non-fungible tokens. */
    boolean isCollection(String address) {
        Asset known = assets.get(key(address));
        return known != null && known.id().namespace().equals(COLLECTION);
    }

    /** The contract's name in the address book, or null. */
    String name(String address) {
        return address == null ? null : contracts.get(key(address));
    }

    /** Whether the address book has a contract's address under one of these names. */
    boolean isCalled(Set<String> names, String address) {
        return names.stream()
                .map(network.contracts()::get)
                .anyMatch(known -> known != null && key(known).equals(key(address)));
    }

    /** {@code 0x… (uniswap-v2.router)}: always the whole address, for look-alikes differ in the middle. */
    String who(String address) {
        String name = contracts.getOrDefault(key(address), accounts.get(key(address)));
        if (name == null && assets.containsKey(key(address))) {
            name = Words.plain(assets.get(key(address)).symbol());
        }
        return name == null ? address : address + " (" + name + ")";
    }

    NetworkInfo network() {
        return network;
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
