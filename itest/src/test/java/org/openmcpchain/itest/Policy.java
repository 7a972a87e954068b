/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The policy of a host under test. */
final class Policy {

    private Policy() {}

    /** Puts rules in front of all others; they are items of a YAML list, indented by two blanks. */
    static JsonNode prepend(TestHost host, String rules) {
        JsonNode before = TestHost.json(host.get("/policy").body());
        String text = before.path("text").asText();
        assertThat(text).as("the policy as text").contains("\nrules:\n");
        var answer = host.send(host.request("/policy", host.key())
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(body(Map.of(
                        "expectedVersion",
                        before.path("version").asLong(),
                        "text",
                        text.replaceFirst("\nrules:\n", "\nrules:\n" + rules))))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestHost.json(answer.body());
    }

    private static String body(Map<String, ?> values) {
        try {
            return TestHost.JSON.writeValueAsString(values);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
