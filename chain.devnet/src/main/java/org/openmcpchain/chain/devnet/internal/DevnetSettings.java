/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;

/**
 * The configuration, with every default settled.
 *
 * @param binary the anvil binary
 * @param artifacts the folder of contract artifacts
 * @param folder where everything that must survive a restart is kept
 * @param port loopback port, or 0 for the last one or a free one
 * @param startTimeout when a node that does not answer is given up
 * @param prices USD price of one whole unit, by symbol
 * @param feedHeartbeat the greatest age of a price feed's answer
 */
record DevnetSettings(
        Path binary,
        Path artifacts,
        Path folder,
        int port,
        Duration startTimeout,
        Map<String, BigDecimal> prices,
        Duration feedHeartbeat) {

    /**
     * @param fallbackCache the cache that the environment names, or null
     * @param fallbackFolder the bundle's private storage
     */
    static DevnetSettings from(DevnetConfig config, String fallbackCache, Path fallbackFolder) {
        Path cache = cache(config.cache(), fallbackCache);
        return new DevnetSettings(
                config.binary().isBlank()
                        ? cache.resolve("bin/anvil")
                        : Path.of(config.binary()).toAbsolutePath(),
                cache.resolve("contracts"),
                config.folder().isBlank()
                        ? fallbackFolder
                        : Path.of(config.folder()).toAbsolutePath(),
                config.port(),
                Duration.ofSeconds(config.startTimeoutSeconds()),
                prices(config.prices()),
                Duration.ofSeconds(config.feedHeartbeatSeconds()));
    }

    private static Map<String, BigDecimal> prices(String[] entries) {
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        for (String entry : entries) {
            String[] parts = entry.split("=", 2);
            try {
                BigDecimal price = new BigDecimal(parts[1].strip());
                if (price.signum() <= 0 || price.stripTrailingZeros().scale() > PriceFeeds.DECIMALS) {
                    throw new NumberFormatException("out of range");
                }
                prices.put(parts[0].strip(), price);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw HostException.caused(
                        e,
                        ConfigError.CONFIG_INVALID,
                        "key",
                        "prices",
                        "value",
                        entry,
                        "rule",
                        "SYMBOL=decimal number above 0");
            }
        }
        return Map.copyOf(prices);
    }

    private static Path cache(String configured, String fallback) {
        String cache = configured.isBlank() ? fallback : configured;
        if (cache == null || cache.isBlank()) {
            throw HostException.of(
                    ConfigError.CONFIG_MISSING,
                    "key",
                    "cache",
                    "detail",
                    "set it, or OPENMCP_CACHE, to the folder that fetch.sh filled");
        }
        return Path.of(cache).toAbsolutePath();
    }
}
