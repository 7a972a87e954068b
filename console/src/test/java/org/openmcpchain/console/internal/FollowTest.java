/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;

class FollowTest {

    private final FakeJournal journal = new FakeJournal();
    private final List<JournalEntry> seen = new CopyOnWriteArrayList<>();

    @Test
    void endsWithTheRun() {
        CompletableFuture<Boolean> follow =
                CompletableFuture.supplyAsync(() -> new Follow().run(journal, "run/1", 0, seen::add, () -> false));
        await().until(() -> !journal.subscribers.isEmpty());
        journal.append("run/1", EntryTypes.RUN_STATE, Map.of());
        journal.append("run/1", EntryTypes.RUN_ENDED, Map.of());

        assertThat(follow.join()).isTrue();
        assertThat(seen).hasSize(2);
    }

    @Test
    void endsWhenTheReaderHasLeft() {
        AtomicBoolean deserted = new AtomicBoolean();
        CompletableFuture<Boolean> follow =
                CompletableFuture.supplyAsync(() -> new Follow().run(journal, "run/1", 0, seen::add, deserted::get));
        await().until(() -> !journal.subscribers.isEmpty());

        deserted.set(true);

        assertThat(follow.join()).isFalse();
        assertThat(journal.subscribers).isEmpty();
    }

    @Test
    void endsWhenInterruptedAndKeepsTheFlag() throws InterruptedException {
        AtomicBoolean flag = new AtomicBoolean();
        Thread reader = new Thread(
                () -> {
                    new Follow().run(journal, "run/1", 0, seen::add, () -> false);
                    flag.set(Thread.currentThread().isInterrupted());
                },
                "follow-test");
        reader.start();
        await().until(() -> !journal.subscribers.isEmpty());

        reader.interrupt();
        reader.join();

        assertThat(flag).isTrue();
        assertThat(journal.subscribers).isEmpty();
    }

    @Test
    void aWriterIsReleasedWhenTheReaderHasLeft() {
        AtomicBoolean deserted = new AtomicBoolean();
        CompletableFuture<Void> writer = new CompletableFuture<>();
        CompletableFuture<Boolean> follow = CompletableFuture.supplyAsync(() -> new Follow()
                .run(
                        journal,
                        "run/1",
                        0,
                        entry -> {
                            await().until(deserted::get);
                            seen.add(entry);
                        },
                        deserted::get));
        await().until(() -> !journal.subscribers.isEmpty());
        CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 400; i++) {
                journal.append("run/1", EntryTypes.RUN_STATE, Map.of());
            }
            writer.complete(null);
        });
        await().until(() -> journal.read("run/1", 0, 1000).size() > 256);

        deserted.set(true);

        assertThat(follow.join()).isFalse();
        assertThat(writer).succeedsWithin(java.time.Duration.ofSeconds(10));
    }
}
