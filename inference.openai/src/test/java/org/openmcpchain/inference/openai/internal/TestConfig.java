/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import java.lang.annotation.Annotation;

/** A configuration as DS would hand it over. */
record TestConfig(
        String inference_id,
        String url,
        String model,
        String _apiKey,
        int timeoutSeconds,
        String temperature,
        int maxResponseBytes)
        implements OpenAiConfig {

    static final String SECRET = "sk-secret-0123456789";

    static TestConfig at(String url) {
        return new TestConfig("openai", url, "test-model", SECRET, 10, "0", 1_000_000);
    }

    TestConfig id(String other) {
        return new TestConfig(other, url, model, _apiKey, timeoutSeconds, temperature, maxResponseBytes);
    }

    TestConfig model(String other) {
        return new TestConfig(inference_id, url, other, _apiKey, timeoutSeconds, temperature, maxResponseBytes);
    }

    TestConfig key(String other) {
        return new TestConfig(inference_id, url, model, other, timeoutSeconds, temperature, maxResponseBytes);
    }

    TestConfig timeout(int seconds) {
        return new TestConfig(inference_id, url, model, _apiKey, seconds, temperature, maxResponseBytes);
    }

    TestConfig temperature(String other) {
        return new TestConfig(inference_id, url, model, _apiKey, timeoutSeconds, other, maxResponseBytes);
    }

    TestConfig limit(int bytes) {
        return new TestConfig(inference_id, url, model, _apiKey, timeoutSeconds, temperature, bytes);
    }

    @Override
    public int service_ranking() {
        return 0;
    }

    @Override
    public int maxTokens() {
        return 256;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return OpenAiConfig.class;
    }
}
