/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.run.internal.Codes.assertCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.run.CollectRequest;
import org.openmcpchain.run.CollectRequest.Strategy;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.RunState;

/** What comes of several runs: by every strategy, as they end, and in time. */
@Timeout(60)
final class CollectTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    private final Host host = new Host(new HookedStore(), Settings.engine(4, 2_000, "PT1M", "PT0.4S"));
    private final RunSignals signals = new RunSignals(host.journal, host.reads, host.engine);
    private final List<Collected.Part> streamed = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        gates.values().forEach(CountDownLatch::countDown);
        host.close();
    }

    @Test
    void waitsForAllAndHandsEachOutAsItEnds() throws Exception {
        List<String> ids = runs("gated 1", "gated 2", "fail");
        CompletableFuture<Collected> collected =
                CompletableFuture.supplyAsync(() -> signals.collect(request(ids, Strategy.ALL), streamed::add));
        host.awaitState(ids.get(2), RunState.FAILED);
        org.awaitility.Awaitility.await().until(() -> streamed.size() == 1);
        gates.get("gated 2").countDown();
        org.awaitility.Awaitility.await().until(() -> streamed.size() == 2);
        assertThat(collected).isNotDone();
        gates.get("gated 1").countDown();

        Collected all = collected.get();

        assertThat(all.complete()).isTrue();
        assertThat(all.missing()).isEmpty();
        assertThat(all.parts()).isEqualTo(streamed).hasSize(3);
        assertThat(all.parts()).extracting(Collected.Part::runId).containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(all.parts().get(0).state()).isEqualTo(RunState.FAILED);
        assertThat(all.parts().get(0).errorCode()).contains("TOOL_FAILED");
        assertThat(all.value()).isEmpty();
    }

    @Test
    void givesWhatThereIsAndNamesWhatIsMissingWhenTimeIsUp() {
        List<String> ids = runs("value \"1.10\"", "gated 1");
        host.awaitState(ids.get(0), RunState.SUCCEEDED);

        Collected partial = signals.collect(
                new CollectRequest(ids, Strategy.REDUCE, 0, "/v", "sum", Duration.ofMillis(50)), streamed::add);

        assertThat(partial.complete()).isFalse();
        assertThat(partial.parts()).extracting(Collected.Part::runId).containsExactly(ids.get(0));
        assertThat(partial.missing()).containsExactly(ids.get(1));
        assertThat(partial.value()).contains("\"1.10\"");
        assertThat(signals.collect(new CollectRequest(ids, Strategy.ALL, 0, null, null, Duration.ZERO), part -> {})
                        .missing())
                .containsExactly(ids.get(1));
    }

    @Test
    void isContentWithTheFirstFewThatSucceed() {
        List<String> ids = runs("gated 1", "value 1", "fail", "value 2");

        Collected first = signals.collect(new CollectRequest(ids, Strategy.FIRST, 2, null, null, LONG), streamed::add);

        assertThat(first.complete()).isTrue();
        assertThat(first.missing()).contains(ids.get(0));
        assertThat(first.parts())
                .filteredOn(part -> part.state() == RunState.SUCCEEDED)
                .hasSize(2);
    }

    @Test
    void doesNotWaitForSuccessesThatCannotComeAnyMore() {
        List<String> ids = runs("fail", "fail ", "gated 1");

        Collected first = signals.collect(new CollectRequest(ids, Strategy.FIRST, 2, null, null, LONG), streamed::add);

        assertThat(first.complete()).isFalse();
        assertThat(first.missing()).containsExactly(ids.get(2));
    }

    @Test
    void knowsAMajorityAsSoonAsThereIsOne() {
        List<String> ids = runs(
                "value {\"b\":1.0,\"a\":[\"x\"]}",
                "value 2",
                "value {\"a\":[\"x\"],\"b\":1}",
                "value {\"b\":1.00,\"a\":[\"x\"]}",
                "gated 1");

        Collected majority = signals.collect(request(ids, Strategy.MAJORITY), streamed::add);

        assertThat(majority.complete()).isTrue();
        assertThat(majority.missing())
                .as("the one that disagrees need not have ended")
                .contains(ids.get(4))
                .doesNotContain(ids.get(0), ids.get(2), ids.get(3));
        assertThat(majority.value().orElseThrow()).contains("\"a\":[\"x\"]");
    }

    @Test
    void knowsThatThereCannotBeAMajority() {
        List<String> ids = runs("value 1", "value 2", "value \"1\"", "gated 1");

        Collected majority = signals.collect(request(ids, Strategy.MAJORITY), streamed::add);

        assertThat(majority.complete()).isFalse();
        assertThat(majority.value()).isEmpty();
    }

    @Test
    void halfIsNoMajority() {
        List<String> ids = runs("value 1", "value 1 ", "value 2", "value 3");

        assertThat(signals.collect(request(ids, Strategy.MAJORITY), streamed::add)
                        .complete())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"sum | \"0.40\"", "min | \"-0.2\"", "max | \"0.30\"", "count | 3", "concat | [\"0.30\",-0.2,0.3]"})
    void foldsExactlyAndInTheOrderOfTheRequest(String reducer, String expected) {
        List<String> ids = runs("value \"0.30\"", "value -0.2", "value 0.3");

        Collected reduced =
                signals.collect(new CollectRequest(ids, Strategy.REDUCE, 0, "/v", reducer, LONG), streamed::add);

        assertThat(reduced.value()).contains(expected);
        assertThat(reduced.complete()).isTrue();
    }

    @Test
    void addsMoreDigitsThanADoubleHas() {
        List<String> ids = runs(
                "value \"115792089237316195423570985008687907853269984665640564039457584007913129639935\"",
                "value 0.000000000000000001");

        assertThat(signals.collect(new CollectRequest(ids, Strategy.REDUCE, 0, "/v", "sum", LONG), part -> {})
                        .value())
                .contains("\"115792089237316195423570985008687907853269984665640564039457584007913129639935"
                        + ".000000000000000001\"");
    }

    @Test
    void callsASumWithAHoleIncomplete() {
        List<String> ids = runs("value 1", "value \"one\"", "fail", "value 1e999999999", "value null");

        Collected reduced =
                signals.collect(new CollectRequest(ids, Strategy.REDUCE, 0, "/v", "sum", LONG), streamed::add);

        assertThat(reduced.complete()).isFalse();
        assertThat(reduced.value()).contains("\"1\"");
        assertThat(reduced.missing()).isEmpty();
    }

    @Test
    void putsListsTogether() {
        List<String> ids = runs("value [1,2]", "value {\"a\":3}");

        assertThat(signals.collect(new CollectRequest(ids, Strategy.REDUCE, 0, "/v", "concat", LONG), part -> {})
                        .value())
                .contains("[1,2,{\"a\":3}]");
    }

    @Test
    void collectsAThousandRuns() {
        List<String> ids = IntStream.range(0, 1_000)
                .mapToObj(i -> host.engine
                        .submit(Host.request("value " + i, null))
                        .run()
                        .id())
                .toList();
        work();

        Collected all = signals.collect(
                new CollectRequest(ids, Strategy.REDUCE, 0, "/v", "sum", Duration.ofSeconds(55)), streamed::add);

        assertThat(all.value()).contains("\"499500\"");
        assertThat(streamed).hasSize(1_000);
    }

    @Test
    void refusesWhatItCannotRead() {
        List<String> ids = runs("value 1");
        refused("runs", new CollectRequest(List.of(), Strategy.ALL, 0, null, null, LONG));
        refused("runs", new CollectRequest(List.of("a", "a"), Strategy.ALL, 0, null, null, LONG));
        refused("runs", new CollectRequest(List.of("x".repeat(65)), Strategy.ALL, 0, null, null, LONG));
        refused(
                "runs",
                new CollectRequest(
                        IntStream.range(0, 1_001).mapToObj(String::valueOf).toList(),
                        Strategy.ALL,
                        0,
                        null,
                        null,
                        LONG));
        refused("strategy", new CollectRequest(ids, null, 0, null, null, LONG));
        refused("count", new CollectRequest(ids, Strategy.FIRST, 0, null, null, LONG));
        refused("count", new CollectRequest(ids, Strategy.FIRST, 2, null, null, LONG));
        refused("pointer", new CollectRequest(ids, Strategy.MAJORITY, 0, "v", null, LONG));
        refused("pointer", new CollectRequest(ids, Strategy.MAJORITY, 0, "/" + "v".repeat(2_000), null, LONG));
        refused("reducer", new CollectRequest(ids, Strategy.REDUCE, 0, "/v", "average", LONG));
        refused("reducer", new CollectRequest(ids, Strategy.REDUCE, 0, "/v", null, LONG));
        refused("timeout", new CollectRequest(ids, Strategy.ALL, 0, null, null, null));
        refused("timeout", new CollectRequest(ids, Strategy.ALL, 0, null, null, Duration.ofHours(2)));
        refused("timeout", new CollectRequest(ids, Strategy.ALL, 0, null, null, Duration.ofSeconds(-1)));
        assertCode(
                RunError.RUN_UNKNOWN,
                () -> signals.collect(request(List.of("no-such-run"), Strategy.ALL), streamed::add));
    }

    @Test
    void endsWithWhatThereIsWhenNobodyWaitsAnyMore() throws Exception {
        List<String> ids = runs("gated 1");
        CompletableFuture<Collected> collected = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            Collected partial = signals.collect(request(ids, Strategy.ALL), streamed::add);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            collected.complete(partial);
        });
        waiting.start();
        org.awaitility.Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        waiting.interrupt();

        assertThat(collected.get().missing()).isEqualTo(ids);
    }

    private void refused(String field, CollectRequest request) {
        assertThatThrownBy(() -> signals.collect(request, streamed::add))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(RunError.SIGNAL_INVALID);
                    assertThat(e.parameters()).containsEntry("field", field);
                });
    }

    private static CollectRequest request(List<String> ids, Strategy strategy) {
        return new CollectRequest(ids, strategy, 1, "/v", "sum", LONG);
    }

    /** Runs whose goals say what comes of them. */
    private List<String> runs(String... goals) {
        for (String goal : goals) {
            if (goal.startsWith("gated")) {
                gates.put(goal, new CountDownLatch(1));
            }
        }
        work();
        return List.of(goals).stream().map(goal -> host.submit(goal).id()).toList();
    }

    private void work() {
        host.with(session -> {
            String goal = session.run().goal();
            if (goal.startsWith("value ")) {
                return ending("{\"v\":" + goal.substring(6).strip() + "}");
            }
            if (goal.startsWith("fail")) {
                return RunEnding.failed("TOOL_FAILED", "it failed");
            }
            try {
                gates.get(goal).await();
            } catch (InterruptedException e) {
                session.checkActive();
            }
            return ending("{}");
        });
    }

    private static RunEnding ending(String result) {
        return new RunEnding(
                RunState.SUCCEEDED,
                Optional.of("done"),
                Optional.empty(),
                Optional.of(result),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
