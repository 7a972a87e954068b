/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;

/** The starting policy: a document like any other, with the configured limits filled in. */
final class StartingPolicyText {

    private static final String RESOURCE = "starting-policy.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();

    private StartingPolicyText() {}

    static String of(PolicySettings settings) {
        String text = resource();
        Map<String, Object> values = Map.of(
                "networks", new TreeSet<>(settings.networks()),
                "inferenceProviders", new TreeSet<>(settings.inferenceProviders()),
                "maxValuePerTransaction", settings.maxValuePerTransaction(),
                "maxGasPerTransaction", settings.maxGasPerTransaction(),
                "maxFeePerGas", settings.maxFeePerGas(),
                "installs", settings.installs(),
                "configuration", settings.configuration());
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", json(value.getValue()));
        }
        return text;
    }

    /** JSON is YAML's flow style. */
    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }

    private static String resource() {
        try (InputStream in = StartingPolicyText.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
