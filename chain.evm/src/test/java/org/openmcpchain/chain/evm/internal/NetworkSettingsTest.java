/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.money.Asset;

class NetworkSettingsTest {

    private static final String TOKEN = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

    @Test
    void readsWhatIsKnownOnTheNetwork() {
        NetworkSettings settings = settings(Map.of(
                "assets", new String[] {"USDC:6:" + TOKEN.toLowerCase()},
                "contracts", new String[] {"chainlink.ETH/USD=" + TOKEN},
                "names", new String[] {"alice.eth = " + TOKEN},
                "priorityFeeWei", "5",
                "pollMillis", 7));

        assertThat(settings.info().id()).isEqualTo(ChainId.eip155(1));
        assertThat(settings.info().assets()).extracting(Asset::symbol).containsExactly("ETH", "USDC");
        assertThat(settings.info().asset("usdc").orElseThrow().id().reference()).isEqualTo(TOKEN);
        assertThat(settings.info().contract("chainlink.ETH/USD")).contains(TOKEN);
        assertThat(settings.info().names()).containsEntry("alice.eth", TOKEN);
        assertThat(settings.fees().priority()).contains(BigInteger.valueOf(5));
        assertThat(settings.fees().ceiling()).isEmpty();
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofMillis(7));
    }

    @ParameterizedTest
    @CsvSource({
        "chain_id, cosmos:hub",
        "chain_id, eip155:zero",
        "chain_id, eip155:-1",
        "chain_id, one",
        "_url, ftp://node",
        "_url, not an address",
        "_url, http:",
        "priorityFeeWei, 1.5",
        "maxFeeWei, -1",
    })
    void refusesAValueThatBreaksItsRule(String key, String value) {
        assertThatThrownBy(() -> settings(Map.of(key, value))).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.code()).isEqualTo(ConfigError.CONFIG_INVALID);
            assertThat(e.parameters()).containsKeys("key", "value", "rule");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "assets, USDC",
        "assets, USDC:six:0x5FbDB2315678afecb367f032d93F642f64180aa3",
        "assets, USDC:6:0x5fBDB2315678afecb367f032d93F642f64180aa3",
        "contracts, router",
        "contracts, =0x5FbDB2315678afecb367f032d93F642f64180aa3",
        "names, alice.eth=bob.eth",
    })
    void refusesAnEntryThatBreaksItsRule(String key, String entry) {
        assertThatThrownBy(() -> settings(Map.of(key, new String[] {entry})))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(ConfigError.CONFIG_INVALID);
                    assertThat(e.parameters()).containsEntry("key", key).containsEntry("value", entry);
                });
    }

    @Test
    void refusesANameThatStandsTwice() {
        assertThatThrownBy(() -> settings(Map.of("names", new String[] {"a=" + TOKEN, "a=" + TOKEN})))
                .isInstanceOf(HostException.class);
    }

    @Test
    void neverRepeatsTheAddressOfTheNode() {
        assertThatThrownBy(() -> settings(Map.of("_url", "ftp://node/secret-key")))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("secret-key"))
                .hasNoCause();
        assertThatThrownBy(() -> settings(Map.of("_url", "http://no de/secret-key")))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("secret-key"))
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({"chain_id", "name", "_url"})
    void asksForWhatIsMissing(String key) {
        assertThatThrownBy(() -> settings(Map.of(key, " ")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(ConfigError.CONFIG_MISSING));
    }

    private static NetworkSettings settings(Map<String, Object> given) {
        Map<String, Object> all =
                new HashMap<>(Map.of("chain_id", "eip155:1", "name", "main", "_url", "https://node.example/key"));
        all.putAll(given);
        return NetworkSettings.from(Configs.network(all));
    }
}
