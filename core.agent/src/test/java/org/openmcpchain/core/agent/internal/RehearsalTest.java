/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void playsOneWholeCall() throws Throwable {
        assertThat(Rehearsal.perform()).isEqualTo("{\"amount\":\"0.5\",\"receiver\":\"nobody.eth\"}");
    }

    @Test
    void endsByItselfOnceItHasPlayed() {
        new Rehearsal(AgentRig.startedFramework());

        await().until(() -> !isOnStage());
    }

    @Test
    void leavesTheStageWhenTheHostStopsBeforeItHasStarted() {
        Rehearsal rehearsal = new Rehearsal(AgentRig.framework(10));
        await().until(RehearsalTest::isOnStage);

        rehearsal.deactivate();

        await().until(() -> !isOnStage());
    }

    private static boolean isOnStage() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("agent-rehearsal"));
    }
}
