/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Host.ending;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** An executor knows its last try: the run ends with what was found, and is given up all the same (F317, F318, X02). */
@Timeout(60)
final class LastTryTest {

    private final Host host = new Host(new HookedStore(), Settings.engine(2, 100, "PT1M", "PT0.4S", 2, 0));
    private final DeadLetterBox letters =
            new DeadLetterBox(host.engine, host.journal, host.reads, java.time.Clock.systemUTC());
    private final List<Integer> left = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void keepsWhatWasFoundAndLeavesADeadLetter() {
        host.with(session -> {
            left.add(session.retriesLeft());
            if (session.retriesLeft() > 0) {
                throw HostException.of(InferenceError.INFERENCE_FAILED, "detail", "no answer");
            }
            return ending(
                    RunState.FAILED,
                    Map.of("code", "INFERENCE_FAILED", "detail", "no answer"),
                    "The price was 2000 before the model went away.");
        });

        Run run = host.awaitState(host.submit("goal").id(), RunState.FAILED);

        assertThat(left).containsExactly(2, 1, 0);
        assertThat(run.reply()).contains("The price was 2000 before the model went away.");
        assertThat(run.errorCode()).contains("INFERENCE_FAILED");
        assertThat(run.result()).isPresent();
        assertThat(letters.find(run.id()).orElseThrow().errorCode()).isEqualTo("INFERENCE_FAILED");
    }

    @Test
    void leavesNoDeadLetterForWhatWillNotPass() {
        host.with(
                session -> ending(RunState.FAILED, Map.of("code", "TOOL_FAILED", "detail", "closed"), "It is closed."));

        Run run = host.awaitState(host.submit("goal").id(), RunState.FAILED);

        assertThat(letters.find(run.id())).isEqualTo(Optional.empty());
    }

    @Test
    void leavesNoDeadLetterWhileThereWereTriesLeft() {
        host.with(session ->
                ending(RunState.FAILED, Map.of("code", "TOOL_DEADLINE", "detail", "slow"), "It did not answer."));

        Run run = host.awaitState(host.submit("goal").id(), RunState.FAILED);

        await().until(() -> host.find(run.id()).endedAt().isPresent());
        assertThat(letters.find(run.id())).isEqualTo(Optional.empty());
    }
}
