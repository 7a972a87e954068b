/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.money.Asset;
import org.osgi.annotation.versioning.ProviderType;

/** What a network is and what is known on it. Immutable. */
@ProviderType
public interface NetworkInfo {

    /** The CAIP-2 name. */
    ChainId id();

    /** How people call it, for example {@code devnet}. */
    String name();

    /** The coin that pays for gas. */
    Asset coin();

    /** Every asset that is known by symbol, the coin first. */
    List<Asset> assets();

    /**
     * The address book of contracts: well-known name, for example {@code uniswap-v2.router} or
     * {@code chainlink.ETH/USD}, to 0x address.
     */
    Map<String, String> contracts();

    /** The address book of accounts: name, for example {@code alice.eth}, to 0x address. */
    Map<String, String> names();

    /** How many blocks must stand on a block before its transactions count as mined; at least 1. */
    int confirmations();

    /** The asset with this symbol, without regard to case, or empty. */
    default Optional<Asset> asset(String symbol) {
        return assets().stream()
                .filter(asset -> asset.symbol().equalsIgnoreCase(symbol))
                .findFirst();
    }

    /** The address of a well-known contract, or empty. */
    default Optional<String> contract(String name) {
        return Optional.ofNullable(contracts().get(name));
    }
}
