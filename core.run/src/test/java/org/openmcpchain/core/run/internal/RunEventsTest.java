/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.run.internal.Host.success;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.run.RunState;

/** What somebody sees who watches a run from its first entry on (F325). */
@Timeout(60)
final class RunEventsTest {

    private final Host host = new Host();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void comeInOrderWithoutGapsFromAcceptedToEnded() {
        String id = host.submit("goal").id();
        List<JournalEntry> seen = new CopyOnWriteArrayList<>();
        RunSignals signals = new RunSignals(host.journal, host.reads, host.engine);
        try (Subscription watch = host.journal.subscribe("run/" + id, 0, seen::add)) {
            signals.steer(id, "alice", "in euros", "{}");
            signals.interrupt(id, "alice", "wait", Duration.ZERO);
            signals.resume(id, "alice");
            host.with(session -> {
                session.record("inference.requested", Map.of("round", 1));
                session.record("inference.replied", Map.of("round", 1));
                session.record("tool.selected", Map.of("callId", "1.0"));
                session.record("tool.returned", Map.of("callId", "1.0", "outcome", "OK"));
                return success("done");
            });
            host.awaitState(id, RunState.SUCCEEDED);
            org.awaitility.Awaitility.await()
                    .until(() ->
                            !seen.isEmpty() && seen.get(seen.size() - 1).type().equals("run.ended"));
        }

        assertThat(seen)
                .extracting(JournalEntry::type)
                .containsExactly(
                        "run.submitted",
                        "run.steered",
                        "run.interrupt-requested",
                        "run.state",
                        "run.resumed",
                        "run.state",
                        "run.state",
                        "inference.requested",
                        "inference.replied",
                        "tool.selected",
                        "tool.returned",
                        "run.ended");
        assertThat(seen)
                .extracting(JournalEntry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, seen.size()).boxed().toList());
        assertThat(host.reasons(id)).containsExactly("PAUSED interrupt", "SCHEDULED resumed", "RUNNING started");
    }
}
