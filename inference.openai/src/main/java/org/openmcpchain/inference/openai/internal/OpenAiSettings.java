/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;

/** {@link OpenAiConfig}, read and checked. The key is in nothing that is ever printed. */
final class OpenAiSettings {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI url;
    private final String model;
    private final Optional<String> apiKey;
    private final Optional<Double> temperature;
    private final OpenAiConfig config;

    private OpenAiSettings(URI url, OpenAiConfig config) {
        this.url = url;
        this.config = config;
        this.model = present(config.model()).orElseThrow(() -> invalid("model", "it is missing"));
        this.apiKey = present(config._apiKey());
        this.temperature = present(config.temperature()).map(OpenAiSettings::number);
        if (apiKey.filter(key -> key.startsWith("$[")).isPresent()) {
            throw invalid(".apiKey", "the secret that it refers to does not exist");
        }
        if (!config.inference_id().matches("[a-z0-9-]{1,32}")) {
            throw invalid("inference.id", "it is not 1 to 32 of a-z, 0-9 and -");
        }
    }

    /** Error: {@code INFERENCE_CONFIGURATION}, naming the key. */
    static OpenAiSettings of(OpenAiConfig config) {
        URI url = uri(present(config.url()).orElseThrow(() -> invalid("url", "it is missing")));
        if (!isEncrypted(url) && !isThisMachine(url)) {
            throw invalid("url", "it is neither https nor http to this machine");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw invalid("url", "it holds a user, a query or a fragment");
        }
        return new OpenAiSettings(url, config);
    }

    String baseUrl() {
        return url.toString();
    }

    String host() {
        return url.getHost();
    }

    /** Whether the endpoint is on this machine. */
    boolean local() {
        return isThisMachine(url);
    }

    String model() {
        return model;
    }

    Optional<String> apiKey() {
        return apiKey;
    }

    Optional<Double> temperature() {
        return temperature;
    }

    Duration timeout() {
        return Duration.ofSeconds(config.timeoutSeconds());
    }

    int maxTokens() {
        return config.maxTokens();
    }

    int maxResponseBytes() {
        return config.maxResponseBytes();
    }

    private static boolean isEncrypted(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
    }

    private static boolean isThisMachine(URI url) {
        return url.getHost() != null
                && THIS_MACHINE.contains(url.getHost().toLowerCase(Locale.ROOT))
                && ("http".equalsIgnoreCase(url.getScheme()) || isEncrypted(url));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw invalid("url", "it is not a URL");
        }
    }

    private static Double number(String text) {
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value <= 2) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw invalid("temperature", "it is not a number from 0 to 2");
    }

    private static Optional<String> present(String text) {
        return Optional.ofNullable(text).map(String::trim).filter(Predicate.not(String::isEmpty));
    }

    private static HostException invalid(String key, String detail) {
        return HostException.of(
                InferenceError.INFERENCE_CONFIGURATION, "pid", OpenAiProvider.PID, "key", key, "detail", detail);
    }
}
