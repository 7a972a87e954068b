/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.AssetId;

/**
 * A network's configuration, checked and typed.
 *
 * @param info what the network is
 * @param number its EIP-155 number
 * @param url the node; may hold a key and so belongs in no log
 * @param fees the fee rules
 * @param maxInFlight how many transactions may wait for their receipts at a time
 * @param pollInterval time between two looks for a receipt
 * @param receiptTimeout when an outcome is called unknown
 * @param settleInterval time between two rounds of settling
 * @param rpcTimeout when one request is given up
 */
record NetworkSettings(
        Info info,
        long number,
        URI url,
        Fees fees,
        int maxInFlight,
        Duration pollInterval,
        Duration receiptTimeout,
        Duration settleInterval,
        Duration rpcTimeout) {

    private static final int MAX_ENTRIES = 10_000;

    /** What everybody may know of the network. */
    record Info(
            ChainId id,
            String name,
            Asset coin,
            List<Asset> assets,
            Map<String, String> contracts,
            Map<String, String> names,
            int confirmations)
            implements NetworkInfo {}

    /**
     * The fee rules.
     *
     * @param priority wei on top of the base fee, or empty for the node's suggestion
     * @param ceiling wei that are never exceeded, or empty
     * @param gasMarginPercent by how much the gas limit exceeds the estimate
     */
    record Fees(Optional<BigInteger> priority, Optional<BigInteger> ceiling, int gasMarginPercent) {}

    /** Errors: {@code CONFIG_MISSING}, {@code CONFIG_INVALID}. */
    static NetworkSettings from(NetworkConfig config) {
        ChainId id = chain(required("chain.id", config.chain_id()));
        String name = required("name", config.name());
        Asset coin = new Asset(AssetId.coin(id, config.coinSlip44()), config.coinSymbol(), 18);
        List<Asset> assets = new ArrayList<>();
        assets.add(coin);
        for (String entry : bounded("assets", config.assets())) {
            assets.add(token(id, entry));
        }
        Info info = new Info(
                id,
                name,
                coin,
                List.copyOf(assets),
                addresses("contracts", config.contracts()),
                addresses("names", config.names()),
                config.confirmations());
        Fees fees = new Fees(
                wei("priorityFeeWei", config.priorityFeeWei()),
                wei("maxFeeWei", config.maxFeeWei()),
                config.gasMarginPercent());
        return new NetworkSettings(
                info,
                Long.parseLong(id.reference()),
                url(required(".url", config._url())),
                fees,
                config.maxInFlight(),
                Duration.ofMillis(config.pollMillis()),
                Duration.ofSeconds(config.receiptTimeoutSeconds()),
                Duration.ofSeconds(config.settleSeconds()),
                Duration.ofSeconds(config.rpcTimeoutSeconds()));
    }

    private static ChainId chain(String text) {
        try {
            ChainId id = ChainId.parse(text);
            if (id.namespace().equals("eip155") && Long.parseLong(id.reference()) > 0) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw invalid("chain.id", text, "eip155:NUMBER", e);
        }
        throw invalid("chain.id", text, "eip155:NUMBER", null);
    }

    /** The value is not repeated in the error: a node's address may hold a key. */
    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException notAUri) {
            // Not as the cause either: its message repeats the address.
            throw invalid(".url", "(hidden)", "an http or https address", null);
        }
        throw invalid(".url", "(hidden)", "an http or https address", null);
    }

    private static Asset token(ChainId chain, String entry) {
        String[] parts = entry.split(":", 3);
        try {
            return new Asset(
                    AssetId.erc20(chain, Addresses.checksummed(parts[2].strip())),
                    parts[0].strip(),
                    Integer.parseInt(parts[1].strip()));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw invalid("assets", entry, "SYMBOL:DECIMALS:0xADDRESS", e);
        }
    }

    private static Map<String, String> addresses(String key, String[] entries) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String entry : bounded(key, entries)) {
            int equals = entry.lastIndexOf('=');
            try {
                String name = entry.substring(0, equals).strip();
                if (name.isEmpty()
                        || addresses.put(
                                        name,
                                        Addresses.checksummed(
                                                entry.substring(equals + 1).strip()))
                                != null) {
                    throw new IllegalArgumentException("a name is missing or stands twice");
                }
            } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
                throw invalid(key, entry, "NAME=0xADDRESS, each name once", e);
            }
        }
        return java.util.Collections.unmodifiableMap(addresses);
    }

    private static String[] bounded(String key, String[] entries) {
        if (entries.length > MAX_ENTRIES) {
            throw invalid(key, entries.length + " entries", "at most " + MAX_ENTRIES, null);
        }
        return entries;
    }

    private static Optional<BigInteger> wei(String key, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            BigInteger wei = new BigInteger(text.strip());
            if (wei.signum() >= 0) {
                return Optional.of(wei);
            }
        } catch (NumberFormatException e) {
            throw invalid(key, text, "a whole number of wei", e);
        }
        throw invalid(key, text, "a whole number of wei", null);
    }

    private static String required(String key, String value) {
        if (value == null || value.isBlank()) {
            throw HostException.of(ConfigError.CONFIG_MISSING, "key", key, "pid", Network.PID);
        }
        return value.strip();
    }

    private static HostException invalid(String key, String value, String rule, Throwable cause) {
        return HostException.caused(
                cause, ConfigError.CONFIG_INVALID, "key", key, "value", value, "rule", rule, "pid", Network.PID);
    }
}
