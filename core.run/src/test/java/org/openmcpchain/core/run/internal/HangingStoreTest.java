/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Codes.assertCode;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;

/** What is asked of a store that does not answer is not kept when nobody waits for it any more. */
@Timeout(60)
final class HangingStoreTest {

    private final HookedStore store = new HookedStore();
    private final CountDownLatch answers = new CountDownLatch(1);

    private void hang() {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWriteThatWasTakenBackLeavesTheQueue() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        store.before = changes -> {
            hangs.countDown();
            hang();
        };
        GroupWriter writer = new GroupWriter(
                store, Clock.systemUTC(), new StreamHeads(store), 10, 100, Duration.ofMillis(50), streams -> {});
        writer.start();
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> writer.write(request()));
        hangs.await();
        for (int i = 0; i < 5; i++) {
            assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> writer.write(request()));
        }
        assertThat(writer.waiting()).isZero();

        answers.countDown();
        await().until(() -> store.head("host").isPresent());
        assertThat(store.entries("host", 0, 10)).hasSize(1);
        writer.close();
    }

    private static WriteRequest request() {
        return new WriteRequest(
                List.of(new WriteRequest.Line(JournalEntry.HOST_STREAM, "test.entry", "{}")), List.of(), null, 1);
    }

    @Test
    void aQuestionThatNobodyWaitsForIsNotAskedAnyMore() throws Exception {
        ShieldedReads reads = new ShieldedReads(store, JournalFolder.NONE, Duration.ofMillis(50));
        ExecutorService callers = Executors.newFixedThreadPool(20);
        List<Future<?>> asked = IntStream.range(0, 20)
                .<Future<?>>mapToObj(i -> callers.submit(() -> assertCode(
                        JournalError.JOURNAL_UNAVAILABLE,
                        () -> reads.ask(rows -> {
                            hang();
                            return Optional.empty();
                        }))))
                .toList();
        for (Future<?> each : asked) {
            each.get();
        }
        assertThat(reads.waiting()).isZero();
        answers.countDown();
        callers.shutdown();
        reads.close();
    }
}
