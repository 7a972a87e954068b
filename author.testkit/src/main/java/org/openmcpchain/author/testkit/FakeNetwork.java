/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.AssetId;

/** A network that exists in memory only. Its coin is ETH with 18 decimals. Immutable; made with {@link #builder()}. */
public final class FakeNetwork implements NetworkInfo {

    private final ChainId id;
    private final List<Asset> assets;
    private final Map<String, String> contracts;
    private final Map<String, String> names;

    private FakeNetwork(Builder builder) {
        this.id = builder.id;
        this.assets = List.copyOf(builder.assets);
        this.contracts = Map.copyOf(builder.contracts);
        this.names = Map.copyOf(builder.names);
    }

    /** Starts a network {@code eip155:31337} that knows its coin and nothing else. */
    public static Builder builder() {
        return new Builder(ChainId.eip155(31337));
    }

    /** Starts a network with another id. */
    public static Builder builder(ChainId id) {
        return new Builder(id);
    }

    @Override
    public ChainId id() {
        return id;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Asset coin() {
        return assets.get(0);
    }

    @Override
    public List<Asset> assets() {
        return assets;
    }

    @Override
    public Map<String, String> contracts() {
        return contracts;
    }

    @Override
    public Map<String, String> names() {
        return names;
    }

    @Override
    public int confirmations() {
        return 1;
    }

    /** Collects what is known on the network. Not thread-safe. */
    public static final class Builder {

        private static final int ETHER_SLIP44 = 60;
        private static final int ETHER_DECIMALS = 18;

        private final ChainId id;
        private final List<Asset> assets = new ArrayList<>();
        private final Map<String, String> contracts = new LinkedHashMap<>();
        private final Map<String, String> names = new LinkedHashMap<>();

        private Builder(ChainId id) {
            this.id = id;
            assets.add(new Asset(AssetId.coin(id, ETHER_SLIP44), "ETH", ETHER_DECIMALS));
        }

        /** Lists an ERC-20 token. */
        public Builder token(String symbol, int decimals, String contract) {
            assets.add(new Asset(AssetId.erc20(id, contract), symbol, decimals));
            return this;
        }

        /** Puts a contract into the address book. */
        public Builder contract(String name, String address) {
            contracts.put(name, address);
            return this;
        }

        /** Puts an account into the address book. */
        public Builder name(String name, String address) {
            names.put(name, address);
            return this;
        }

        /** The network. */
        public FakeNetwork build() {
            return new FakeNetwork(this);
        }
    }
}
