/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.Host.success;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunState;

/** Steering: checked, journaled, in order, and seen by the run before its next step. */
@Timeout(60)
final class SteerTest {

    private final Host host = new Host();
    private final RunSignals signals = new RunSignals(host.journal, host.reads, host.engine);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void reachesARunThatIsAtWork() throws InterruptedException {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch steered = new CountDownLatch(1);
        host.with(session -> {
            long read = session.history().get(session.history().size() - 1).seq();
            atWork.countDown();
            await(steered);
            return success(session.since(read).stream()
                    .map(JournalEntry::body)
                    .toList()
                    .toString());
        });
        String id = host.submit("goal").id();
        atWork.await();

        long first = signals.steer(id, "alice", "faster", "{}");
        long second = signals.steer(id, "alice", null, "{\"maxRounds\":12,\"answer\":\"half an ether\"}");
        steered.countDown();

        assertThat(second).isEqualTo(first + 1);
        assertThat(host.awaitState(id, RunState.SUCCEEDED).reply().orElseThrow())
                .isEqualTo(
                        "[{\"parameters\":{},\"principal\":\"alice\",\"text\":\"faster\"},"
                                + " {\"parameters\":{\"answer\":\"half an ether\",\"maxRounds\":\"12\"},\"principal\":\"alice\",\"text\":\"\"}]");
        assertThat(host.stream(id).get((int) first - 1).type()).isEqualTo(EntryTypes.RUN_STEERED);
    }

    @Test
    void isSeenByARunThatHasNotBegun() {
        String id = host.submit("goal").id();
        signals.steer(id, "alice", "in euros", null);

        host.with(session -> success(steers(session)));

        assertThat(host.awaitState(id, RunState.SUCCEEDED).reply()).contains("1");
    }

    @Test
    void keepsEverySignalInOrderFromManyAtOnce() throws Exception {
        String id = host.submit("goal").id();
        ExecutorService people = Executors.newFixedThreadPool(8);
        List<Future<Long>> sent = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> people.submit(() -> signals.steer(id, "alice", "message " + i, "{}")))
                .toList();
        for (Future<Long> each : sent) {
            assertThat(each.get()).isPositive();
        }
        people.shutdown();

        List<JournalEntry> stream = host.stream(id);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(stream.get((int) (sent.get(i).get() - 1)).body()).contains("\"message " + i + "\"");
        }
        assertThat(stream)
                .filteredOn(entry -> entry.type().equals(EntryTypes.RUN_STEERED))
                .hasSize(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | {} | text",
                "'  ' | {} | text",
                "x | [] | parameters",
                "x | { | parameters",
                "x | {\"answer\":\"a\",\"answer\":\"b\"} | parameters",
                "x | {} {} | parameters",
                "x | {\"maxRounds\":0} | parameters.maxRounds",
                "x | {\"maxRounds\":101} | parameters.maxRounds",
                "x | {\"maxRounds\":\"5\"} | parameters.maxRounds",
                "x | {\"maxRounds\":5.0} | parameters.maxRounds",
                "x | {\"maxRounds\":99999999999999999999} | parameters.maxRounds",
                "x | {\"inferenceProvider\":\"Not An Id\"} | parameters.inferenceProvider",
                "x | {\"inferenceProvider\":7} | parameters.inferenceProvider",
                "x | {\"answer\":\" \"} | parameters.answer",
                "x | {\"answer\":null} | parameters.answer",
                "x | {\"answer\":\"\\ud800\"} | parameters.answer",
                "x | {\"gasPrice\":1} | parameters.gasPrice"
            })
    void refusesWhatItCannotRead(String text, String parameters, String field) {
        String id = host.submit("goal").id();

        assertThatThrownBy(() -> signals.steer(id, "alice", text, parameters))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(RunError.SIGNAL_INVALID);
                    assertThat(e.parameters()).containsEntry("field", field);
                });
        assertThat(host.stream(id)).hasSize(1);
    }

    @Test
    void refusesWhatIsTooLargeOrCannotBeStored() {
        String id = host.submit("goal").id();

        for (String text : List.of("x".repeat(4_001), "a\u0000b", "\ud83d")) {
            assertCode(RunError.SIGNAL_INVALID, () -> signals.steer(id, "alice", text, "{}"));
        }
        String flood = "{\"answer\":\"" + "x".repeat(17_000) + "\"}";
        assertCode(RunError.SIGNAL_INVALID, () -> signals.steer(id, "alice", "x", flood));
        String deep = "{\"answer\":" + "[".repeat(8_000) + "]".repeat(8_000) + "}";
        assertCode(RunError.SIGNAL_INVALID, () -> signals.steer(id, "alice", "x", deep));
    }

    @Test
    void refusesARunThatHasEndedOrNeverWas() {
        host.with(session -> success("done"));
        String id =
                host.awaitState(host.submit("goal").id(), RunState.SUCCEEDED).id();

        assertCode(RunError.RUN_TRANSITION_ILLEGAL, () -> signals.steer(id, "alice", "late", "{}"));
        assertCode(RunError.RUN_UNKNOWN, () -> signals.steer("no-such-run", "alice", "hello", "{}"));
        assertCode(RunError.RUN_UNKNOWN, () -> signals.steer("x".repeat(10_000), "alice", "hello", "{}"));
    }

    @Test
    void isForThePersonThatTheRunActsForAlone() {
        String id = host.submit("goal").id();

        for (String stranger : List.of("bob", "Alice", "alice ", "alice\u0000", "console:alice", "")) {
            assertThatThrownBy(() -> signals.steer(id, stranger, "send it to me", "{}"))
                    .as(stranger)
                    .isInstanceOfSatisfying(HostException.class, e -> {
                        assertThat(e.code()).isEqualTo(RunError.RUN_NOT_YOURS);
                        assertThat(e.code().httpStatus()).isEqualTo(403);
                        assertThat(e.parameters()).containsEntry("id", id);
                    });
        }
        assertThat(host.stream(id)).as("nothing is written").hasSize(1);

        host.with(session -> success("done"));
        host.awaitState(id, RunState.SUCCEEDED);
        assertCode(RunError.RUN_NOT_YOURS, () -> signals.steer(id, "bob", "late", "{}"));
    }

    @Test
    void leavesStoppingToWhoeverHasTheRight() {
        String id = host.submit("goal").id();

        assertThat(signals.interrupt(id, "bob", "wait", Duration.ZERO).state()).isEqualTo(RunState.PAUSED);
        assertThat(signals.resume(id, "bob").state()).isEqualTo(RunState.SCHEDULED);
        assertThat(host.engine.cancel(id, "bob", "enough").state()).isEqualTo(RunState.CANCELLED);
    }

    private static String steers(RunSession session) {
        return String.valueOf(session.history().stream()
                .filter(entry -> entry.type().equals(EntryTypes.RUN_STEERED))
                .count());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
