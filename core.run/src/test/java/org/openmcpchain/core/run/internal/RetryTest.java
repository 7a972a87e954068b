/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.Host.success;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunExecutor;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;

/** Runs that fail for a reason that may pass. */
@Timeout(60)
final class RetryTest {

    private final HookedStore store = new HookedStore();
    private final FakeClock clock = new FakeClock();
    private final AtomicInteger calls = new AtomicInteger();
    private Host host = host(3);

    private Host host(int retries) {
        return new Host(store, Settings.engine(2, 100, "PT1M", "PT0.4S", retries, 0), clock);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void restart(int retries) {
        host.close();
        host = host(retries);
    }

    private RunExecutor failing(int times, ErrorCode code) {
        return session -> {
            if (calls.incrementAndGet() <= times) {
                throw HostException.of(code, "detail", "call " + calls.get());
            }
            return success("at last");
        };
    }

    private void awaitCalls(int count) {
        await("call " + count).until(() -> calls.get() == count);
    }

    private void awaitRetry(String id, int number) {
        await("retry " + number)
                .until(() -> Retries.countIn(host.stream(id)) == number
                        && host.find(id).state() == RunState.RETRYING);
    }

    @Test
    void waitsTwiceAsLongEachTimeAndSucceedsAtLast() {
        host.with(failing(3, InferenceError.INFERENCE_FAILED));
        String id = host.submit("goal").id();
        for (int i = 0; i < 3; i++) {
            awaitRetry(id, i + 1);
            Duration wait = Duration.ofMillis(100L << i);
            JournalEntry last = host.journal.head("run/" + id).orElseThrow();
            assertThat(Retries.dueAfter(last)).contains(clock.instant().plus(wait));
            assertThat(last.body())
                    .contains("\"code\":\"INFERENCE_FAILED\"", "\"retry\":\"" + (i + 1) + "\"", "call " + (i + 1));
            clock.advance(wait.minusMillis(1));
            assertThat(calls).as("not before its time").hasValue(i + 1);
            clock.advance(Duration.ofMillis(1));
            awaitCalls(i + 2);
        }
        Run ended = host.awaitState(id, RunState.SUCCEEDED);
        assertThat(ended.attempts()).isEqualTo(4);
        assertThat(host.store.documents(StoredDeadLetter.COLLECTION)).isEmpty();
        assertThat(host.journal.verify(ended.stream()).intact()).isTrue();
    }

    @Test
    void aRunThatWaitsForItsRetryHoldsNoThread() {
        host.with(session -> {
            if (session.run().goal().equals("bad")) {
                throw HostException.of(InferenceError.INFERENCE_FAILED);
            }
            return success("done");
        });
        List<String> waiting = List.of(
                host.submit("bad").id(),
                host.submit("bad").id(),
                host.submit("bad").id());
        waiting.forEach(id -> awaitRetry(id, 1));
        host.awaitState(host.submit("good").id(), RunState.SUCCEEDED);
    }

    @Test
    void givesUpAndLeavesADeadLetterInTheSameWrite() {
        host.with(failing(99, InferenceError.INFERENCE_FAILED));
        int[] together = new int[1];
        store.before = changes -> {
            boolean letter = changes.stream().anyMatch(change -> change instanceof DocumentSaved);
            boolean end = changes.stream()
                    .anyMatch(change ->
                            change instanceof RunSaved saved && saved.run().state() == RunState.FAILED);
            together[0] += letter && end ? 1 : 0;
        };
        String id = host.submit("goal").id();
        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return host.find(id).state() == RunState.FAILED;
        });
        assertThat(calls).hasValue(4);
        assertThat(together).containsExactly(1);
        assertThat(host.find(id).errorCode()).contains("INFERENCE_FAILED");
        assertThat(host.store.receipt(id)).isPresent();
        JournalEntry added = host.journal.head(JournalEntry.HOST_STREAM).orElseThrow();
        assertThat(added.type()).isEqualTo(EntryTypes.DEAD_LETTER_ADDED);
        assertThat(added.body()).contains(id, "INFERENCE_FAILED", "call 4", "\"attempts\":\"4\"");
    }

    @Test
    void theNumberOfRetriesSurvivesARestart() {
        host.with(failing(99, InferenceError.INFERENCE_FAILED));
        String id = host.submit("goal").id();
        awaitRetry(id, 1);
        restart(3);
        clock.advance(Duration.ofSeconds(1));
        host.with(failing(99, InferenceError.INFERENCE_FAILED));
        awaitRetry(id, 2);
        restart(2);
        clock.advance(Duration.ofSeconds(1));
        host.with(failing(99, InferenceError.INFERENCE_FAILED));
        assertThat(host.awaitState(id, RunState.FAILED).attempts()).isEqualTo(3);
        assertThat(host.store.documents(StoredDeadLetter.COLLECTION)).hasSize(1);
    }

    @Test
    void aRestartDoesNotHurryARetry() {
        host.with(failing(1, InferenceError.INFERENCE_FAILED));
        String id = host.submit("goal").id();
        awaitRetry(id, 1);
        restart(3);
        host.with(failing(1, InferenceError.INFERENCE_FAILED));
        host.awaitState(host.submit("another").id(), RunState.SUCCEEDED);
        assertThat(host.find(id).state()).isEqualTo(RunState.RETRYING);
        clock.advance(Duration.ofMillis(100));
        host.awaitState(id, RunState.SUCCEEDED);
    }

    @Test
    void aRunThatWaitsForItsRetryCanBeCancelled() {
        host.with(failing(99, InferenceError.INFERENCE_FAILED));
        String id = host.submit("goal").id();
        awaitRetry(id, 1);
        assertThat(host.engine.cancel(id, "alice", "enough").state()).isEqualTo(RunState.CANCELLED);
        clock.advance(Duration.ofSeconds(1));
        await().until(() -> host.queue.size("run") == 0);
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatCannotPassIsNotTriedAgain() {
        List<ErrorCode> codes = List.of(
                PolicyError.POLICY_DENIED,
                RunError.RUN_NO_TOOL,
                RunError.RUN_DEADLINE,
                ChainError.CHAIN_OUTCOME_UNKNOWN);
        for (ErrorCode code : codes) {
            host.with(failing(99, code));
            Run failed = host.awaitState(host.submit("goal").id(), RunState.FAILED);
            assertThat(failed.errorCode()).contains(code.name());
            assertThat(failed.attempts()).isEqualTo(1);
        }
        assertThat(host.store.documents(StoredDeadLetter.COLLECTION)).isEmpty();
    }

    @Test
    void theExecutorKnowsWhichTryIsTheLast() {
        host.with(session -> {
            calls.incrementAndGet();
            if (session.retriesLeft() > 0) {
                throw HostException.of(InferenceError.INFERENCE_FAILED);
            }
            return RunEnding.failed(InferenceError.INFERENCE_FAILED.name(), "this far I came");
        });
        String id = host.submit("goal").id();
        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return host.find(id).state() == RunState.FAILED;
        });
        assertThat(calls).hasValue(4);
        assertThat(host.find(id).errorDetail()).contains("this far I came");
        assertThat(host.store.documents(StoredDeadLetter.COLLECTION)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(DeadLetter.State.class)
    void aDeadLetterIsReadAsItWasWritten(DeadLetter.State state) {
        StoredDeadLetter letter = new StoredDeadLetter(
                "r1",
                clock.instant(),
                state,
                state == DeadLetter.State.REPLAYED ? Optional.of("r2") : Optional.empty());
        assertThat(StoredDeadLetter.of(letter.toDocument(clock.instant()))).isEqualTo(letter);
    }

    @Test
    void anEntryThatOnlyTalksOfARetryIsNone() {
        JournalEntry talk = host.journal.append(
                "host",
                EntryTypes.RUN_STATE,
                Map.of("reason", "x", "detail", "\"reason\":\"retry\",\"due\":\"never\""));
        assertThat(Retries.countIn(List.of(talk))).isZero();
        assertThat(Retries.dueAfter(talk)).isEmpty();
    }

    @Test
    void theLongestWaitIsBoundedAndChanceShortensIt() {
        RetryRule rule = new RetryRule(100, Duration.ofMillis(100), Duration.ofSeconds(5), 0, () -> 0.5);
        assertThat(rule.next(0)).contains(Duration.ofMillis(100));
        assertThat(rule.next(5)).contains(Duration.ofMillis(3200));
        assertThat(rule.next(6)).contains(Duration.ofSeconds(5));
        assertThat(rule.next(99)).contains(Duration.ofSeconds(5));
        assertThat(rule.next(100)).isEmpty();
        RetryRule half = new RetryRule(9, Duration.ofMillis(100), Duration.ofSeconds(5), 50, () -> 0.5);
        assertThat(half.next(0)).contains(Duration.ofMillis(75));
        RetryRule all = new RetryRule(9, Duration.ofMillis(100), Duration.ofSeconds(5), 100, () -> 0);
        assertThat(all.next(1)).contains(Duration.ofMillis(200));
    }

    @Test
    void refusesARuleThatMeansNothing() {
        assertCode(
                ConfigError.CONFIG_INVALID, () -> RetryRule.of(Settings.engine(1, 1, "PT1M", "PT1S", -1, 0), () -> 0));
        assertCode(
                ConfigError.CONFIG_INVALID, () -> RetryRule.of(Settings.engine(1, 1, "PT1M", "PT1S", 1, 101), () -> 0));
    }
}
