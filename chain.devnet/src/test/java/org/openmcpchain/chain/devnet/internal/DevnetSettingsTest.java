/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;

class DevnetSettingsTest {

    private static final Path STORAGE = Path.of("/storage");

    @Test
    void findsAnvilAndTheContractsInTheCacheOfTheEnvironment() {
        DevnetSettings settings = DevnetSettings.from(config(Map.of()), "/cache", STORAGE);

        assertThat(settings.binary()).isEqualTo(Path.of("/cache/bin/anvil"));
        assertThat(settings.artifacts()).isEqualTo(Path.of("/cache/contracts"));
        assertThat(settings.folder()).isEqualTo(STORAGE);
    }

    @Test
    void configurationWinsOverTheEnvironment() {
        DevnetSettings settings = DevnetSettings.from(
                config(Map.of("cache", "/mine", "binary", "/opt/anvil", "folder", "/data")), "/cache", STORAGE);

        assertThat(settings.binary()).isEqualTo(Path.of("/opt/anvil"));
        assertThat(settings.artifacts()).isEqualTo(Path.of("/mine/contracts"));
        assertThat(settings.folder()).isEqualTo(Path.of("/data"));
    }

    @Test
    void asksForACacheWhenNothingNamesOne() {
        assertThatThrownBy(() -> DevnetSettings.from(config(Map.of()), null, STORAGE))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(ConfigError.CONFIG_MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETH", "ETH=", "ETH=zero", "ETH=-1", "ETH=0", "ETH=0.123456789"})
    void refusesAPriceThatAFeedCannotAnswer(String price) {
        DevnetConfig config = config(Map.of("prices", new String[] {price}));

        assertThatThrownBy(() -> DevnetSettings.from(config, "/cache", STORAGE))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(ConfigError.CONFIG_INVALID);
                    assertThat(e.parameters()).containsEntry("value", price);
                });
    }

    private static DevnetConfig config(Map<String, Object> given) {
        return (DevnetConfig) Proxy.newProxyInstance(
                DevnetConfig.class.getClassLoader(),
                new Class<?>[] {DevnetConfig.class},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
