/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;

class OpenAiSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "api.example.org",
                "ftp://api.example.org",
                "http://api.example.org/v1",
                "http://127.0.0.1.evil.example/v1",
                "https://user:pw@api.example.org/v1",
                "https://api.example.org/v1?key=x",
                "https:///v1",
                "not a url",
            })
    void refusesAnUnsafeOrBrokenUrl(String url) {
        refused(TestConfig.at(url), "url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8000/v1",
                "http://localhost/v1",
                "http://[::1]:1/v1",
                "https://api.example.org/v1"
            })
    void takesEncryptedAndLocalEndpoints(String url) {
        assertThat(OpenAiSettings.of(TestConfig.at(url)).baseUrl()).isEqualTo(url);
    }

    @Test
    void namesTheKeyThatIsWrongAndNeverTheSecret() {
        TestConfig good = TestConfig.at("https://api.example.org/v1");

        refused(good.model(" "), "model");
        refused(good.key("$[secret:gone]"), ".apiKey");
        refused(good.temperature("hot"), "temperature");
        refused(good.temperature("3"), "temperature");
        refused(good.id("Not An Id"), "inference.id");
    }

    private static void refused(TestConfig config, String key) {
        assertThatThrownBy(() -> OpenAiSettings.of(config)).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.code()).isEqualTo(InferenceError.INFERENCE_CONFIGURATION);
            assertThat(e.parameters()).containsEntry("key", key);
            assertThat(e.getMessage()).doesNotContain(TestConfig.SECRET);
        });
    }
}
