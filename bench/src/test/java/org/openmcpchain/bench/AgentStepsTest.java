/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both sides of the comparison do the same work. */
class AgentStepsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AgentSteps steps = new AgentSteps();

    @BeforeEach
    void putTogether() throws Exception {
        steps.prepare();
    }

    @Test
    void everyLoopEndsWithTheReplyOfTheModel() {
        assertThat(steps.step().reply()).hasValue(ScriptedModel.REPLY);
        assertThat(steps.stepWithoutLease().reply()).hasValue(ScriptedModel.REPLY);
        assertThat(steps.peerStep()).isEqualTo(ScriptedModel.REPLY);
    }

    @Test
    void everyLoopCallsTheToolOnce() throws Exception {
        JsonNode results = JSON.readTree(steps.step().result().orElseThrow()).path("toolResults");

        assertThat(results).hasSize(1);
        assertThat(results.get(0).path("result").path("price").asText()).isEqualTo("2400.50");
    }

    @Test
    void everyCallBringsThePrice() throws Throwable {
        assertThat(steps.call()).contains("2400.50").isEqualTo(steps.callOnOneThread());
        assertThat(JSON.readTree(steps.peerCall()).path("price").decimalValue()).isEqualByComparingTo("2400.50");
    }
}
