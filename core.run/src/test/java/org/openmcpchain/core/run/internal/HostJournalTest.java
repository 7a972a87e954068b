/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.SlowExecutors.awaitQuietly;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.ProofError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.proof.Receipt;

@Timeout(60)
final class HostJournalTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:50:00.500Z");

    private final HookedStore store = new HookedStore();
    private final ShieldedReads reads = ShieldedReads.of(store);
    private HostJournal journal = open(Settings.journal());
    private final ExecutorService senders = Executors.newCachedThreadPool();

    private HostJournal open(JournalSettings settings) {
        return new HostJournal(settings, reads, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        senders.shutdownNow();
        journal.close();
        reads.close();
    }

    @Test
    void chainsEntriesByTheDocumentedHash() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("wei", BigInteger.TEN.pow(30));
        body.put("list", List.of(1, true, "x"));
        body.put("absent", null);
        JournalEntry first = journal.append("run/r1", "test.first", body);
        JournalEntry second = journal.append("run/r1", "test.second", Map.of());

        assertThat(first.body()).isEqualTo("{\"list\":[\"1\",true,\"x\"],\"wei\":\"1" + "0".repeat(30) + "\"}");
        assertThat(first.previous()).isEqualTo("0".repeat(64));
        assertThat(first.hash())
                .isEqualTo(Digests.sha256("{\"at\":\"2026-11-20T09:50:00.500Z\",\"body\":" + first.body()
                        + ",\"previous\":\"" + "0".repeat(64)
                        + "\",\"seq\":\"1\",\"stream\":\"run/r1\",\"type\":\"test.first\"}"));
        assertThat(second.seq()).isEqualTo(2);
        assertThat(second.previous()).isEqualTo(first.hash());
        assertThat(journal.read("run/r1", 0, 10)).containsExactly(first, second);
        assertThat(journal.head("run/r1")).contains(second);
        assertThat(journal.streams("", 10)).containsExactly("run/r1");
    }

    @Test
    void continuesTheChainOfAnEarlierLife() {
        JournalEntry last = journal.append("host", "test.entry", Map.of());
        journal.close();
        journal = open(Settings.journal());

        JournalEntry next = journal.append("host", "test.entry", Map.of());

        assertThat(next.seq()).isEqualTo(2);
        assertThat(next.previous()).isEqualTo(last.hash());
    }

    @Test
    void concurrentAppendsShareOneForce() throws Exception {
        List<Future<JournalEntry>> waiting = gatherBehindABlockedCommit(50, i -> append("run/r" + i % 5));
        for (Future<JournalEntry> future : waiting) {
            future.get(20, TimeUnit.SECONDS);
        }
        assertThat(store.commits).hasValue(2);
        for (int i = 0; i < 5; i++) {
            assertThat(journal.verify("run/r" + i).entries()).isEqualTo(10);
            assertThat(journal.verify("run/r" + i).intact()).isTrue();
        }
    }

    @Test
    void writesEntriesOfSeveralStreamsAndRowsTogether() {
        StoredDocument document = new StoredDocument("api-key", "k1", "{\"name\":\"x\"}", NOW);
        List<JournalEntry> entries = journal.write(
                List.of(
                        new EntryDraft("host", "test.a", Map.of()),
                        new EntryDraft("run/r1", "test.b", Map.of()),
                        new EntryDraft("host", "test.c", Map.of())),
                List.of(new DocumentSaved(document)));

        assertThat(entries).extracting(JournalEntry::seq).containsExactly(1L, 1L, 2L);
        assertThat(store.commits).hasValue(1);
        assertThat(journal.document("api-key", "k1")).contains(document);
        assertThat(journal.documents("api-key")).containsExactly(document);
    }

    @Test
    void aPoisonedWriteFailsAlone() throws Exception {
        store.rows.commit(List.of(new ReceiptSaved(receipt())));
        List<Future<JournalEntry>> waiting =
                gatherBehindABlockedCommit(9, i -> i == 4 ? withSecondReceipt() : append("run/r1"));

        for (int i = 0; i < 9; i++) {
            Future<JournalEntry> future = waiting.get(i);
            if (i == 4) {
                assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseInstanceOf(HostException.class);
            } else {
                assertThat(future.get(20, TimeUnit.SECONDS).stream()).isEqualTo("run/r1");
            }
        }
        assertThat(journal.verify("run/r1").entries()).isEqualTo(8);
        assertThat(journal.verify("run/r1").intact()).isTrue();
    }

    @Test
    void aFailedCommitFailsItsWritesAndLeavesNoGap() {
        journal.append("host", "test.entry", Map.of());
        store.before = changes -> {
            throw new IllegalStateException("disk full");
        };
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> journal.append("host", "test.entry", Map.of()));

        store.before = changes -> {};
        assertThat(journal.append("host", "test.entry", Map.of()).seq()).isEqualTo(2);
        assertThat(journal.verify("host").intact()).isTrue();
    }

    @Test
    void aCommitWhoseAnswerWasLostIsAcknowledgedOnce() {
        store.after = changes -> {
            throw new IllegalStateException("connection lost after commit");
        };
        JournalEntry entry = journal.append("host", "test.entry", Map.of());
        store.after = changes -> {};

        assertThat(journal.append("host", "test.entry", Map.of()).previous()).isEqualTo(entry.hash());
        assertThat(journal.read("host", 0, 10)).hasSize(2);
    }

    @Test
    void goesOnBehindACommitOfWhichItCouldNotLearnThatItWasDone() {
        append("host");
        store.after = changes -> {
            throw new IllegalStateException("connection lost after commit");
        };
        store.read = entries -> {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
        };
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> append("host"));
        store.after = changes -> {};
        store.read = entries -> entries;

        assertThat(append("host").seq()).isEqualTo(3);
        assertThat(journal.verify("host").intact()).isTrue();
    }

    @Test
    void refusesWhatCannotBeWrittenBeforeItIsQueued() {
        assertCode(JournalError.ENTRY_TOO_LARGE, () -> journal.append("host", "t", Map.of("x", "y".repeat(1 << 20))));
        assertCode(JournalError.ENTRY_TOO_LARGE, () -> journal.append("host", "t", Map.of("x", "é".repeat(600_000))));
        assertCode(ProofError.JSON_NOT_CANONICAL, () -> journal.append("host", "t", Map.of("x", 1.5)));
        assertCode(ProofError.JSON_NOT_CANONICAL, () -> writeDocument("[1]"));
        assertCode(JournalError.ENTRY_TOO_LARGE, () -> writeDocument("{\"x\":\"" + "y".repeat(1 << 20) + "\"}"));
        assertThatThrownBy(() -> journal.append("a stream", "t", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.append("host", "T!", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.write(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.write(
                        List.of(new EntryDraft("host", "t", Map.of())), List.of(new EntryAppended(anyEntry()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.read("host", 0, 1001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.streams("", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.commits).hasValue(0);
    }

    @Test
    void refusesAWriteThatIsLargerThanAnyTransactionShouldBe() {
        List<EntryDraft> drafts = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            drafts.add(new EntryDraft("host", "t", Map.of("x", "y".repeat(1_000_000))));
        }
        assertCode(JournalError.ENTRY_TOO_LARGE, () -> journal.write(drafts, List.of()));
    }

    @Test
    void writesBehindAKnownEntryOnly() {
        journal.append("run/r1", "test.entry", Map.of());
        List<EntryDraft> next = List.of(new EntryDraft("run/r1", "test.entry", Map.of()));

        assertThat(journal.writeBehind("run/r1", 0, next, List.of())).isEmpty();
        assertThat(journal.writeBehind("run/r1", 1, next, List.of())).isPresent();
        assertThat(journal.writeBehind("run/r1", 1, next, List.of())).isEmpty();
        assertThat(journal.read("run/r1", 0, 10)).hasSize(2);
    }

    @Test
    void nothingFollowsTheEndOfARun() {
        journal.append("run/r1", EntryTypes.RUN_ENDED, Map.of());
        assertCode(JournalError.STREAM_ENDED, () -> append("run/r1"));
        journal.close();
        journal = open(Settings.journal());

        assertCode(JournalError.STREAM_ENDED, () -> append("run/r1"));
        assertThat(append("run/r2").seq()).isEqualTo(1);
    }

    @Test
    void anInterruptDoesNotHideWhetherTheEntryIsOnDisk() throws Exception {
        CountDownLatch inCommit = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.before = changes -> {
            inCommit.countDown();
            awaitQuietly(goOn);
        };
        Future<Boolean> sender = senders.submit(() -> {
            Thread.currentThread().interrupt();
            append("host");
            return Thread.currentThread().isInterrupted();
        });
        inCommit.await();
        goOn.countDown();

        assertThat(sender.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(journal.read("host", 0, 10)).hasSize(1);
    }

    @Test
    void takesBackAWriteThatTheWriterDidNotReachInTime() throws Exception {
        journal.close();
        journal = open(Settings.journal("PT0.2S", 16, 1));
        CountDownLatch goOn = new CountDownLatch(1);
        store.before = changes -> awaitQuietly(goOn);
        Future<JournalEntry> stuck = senders.submit(() -> append("host"));
        await().untilAsserted(() -> assertThat(store.commits).hasValue(1));

        assertThatThrownBy(() -> append("run/r1")).hasMessageContaining("taken back");
        assertThatThrownBy(() -> stuck.get(20, TimeUnit.SECONDS)).hasMessageContaining("may still be written");
        goOn.countDown();
        await().untilAsserted(() -> assertThat(append("run/r2").seq()).isPositive());
        assertThat(journal.read("host", 0, 10)).hasSize(1);
        assertThat(journal.read("run/r1", 0, 10)).isEmpty();
    }

    @Test
    void aFullQueueRefuses() throws Exception {
        journal.close();
        journal = open(Settings.journal("PT0.2S", 1, 1));
        CountDownLatch goOn = new CountDownLatch(1);
        store.before = changes -> awaitQuietly(goOn);
        Future<JournalEntry> large =
                senders.submit(() -> journal.append("host", "t", Map.of("x", "y".repeat(1_000_000))));
        await().untilAsserted(() -> assertThat(store.commits).hasValue(1));

        assertThatThrownBy(() -> journal.append("host", "t", Map.of("x", "y".repeat(100_000))))
                .hasMessageContaining("full");
        goOn.countDown();
        assertThatThrownBy(() -> large.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aClosedJournalRefuses() {
        journal.close();
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> append("host"));
        assertThat(store.commits).hasValue(0);
    }

    @Test
    void writesWhatWasAcceptedBeforeItCloses() throws Exception {
        List<Future<JournalEntry>> waiting = gatherBehindABlockedCommit(20, i -> append("host"));
        journal.close();

        for (Future<JournalEntry> future : waiting) {
            assertThat(future.get(20, TimeUnit.SECONDS).seq()).isPositive();
        }
    }

    @Test
    void aStoreThatCannotBeReadIsReported() {
        store.read = entries -> {
            throw HostException.of(JournalError.JOURNAL_UNAVAILABLE);
        };
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> journal.read("host", 0, 1));
        reads.close();
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> journal.head("host"));
    }

    /** Blocks the writer in the commit of one entry, lets senders queue up behind it, and unblocks it. */
    private List<Future<JournalEntry>> gatherBehindABlockedCommit(int count, IntFunction<JournalEntry> sender) {
        CountDownLatch goOn = new CountDownLatch(1);
        store.before = changes -> awaitQuietly(goOn);
        senders.submit(() -> append("first"));
        await().untilAsserted(() -> assertThat(store.commits).hasValue(1));
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        List<Future<JournalEntry>> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            waiting.add(senders.submit(() -> {
                threads.add(Thread.currentThread());
                return sender.apply(index);
            }));
        }
        await().until(() -> threads.size() == count
                && threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        goOn.countDown();
        return waiting;
    }

    private JournalEntry append(String stream) {
        return journal.append(stream, "test.entry", Map.of());
    }

    private JournalEntry withSecondReceipt() {
        List<StoreChange> rows = List.of(new ReceiptSaved(receipt()));
        return journal.write(List.of(new EntryDraft("run/r1", "test.poison", Map.of())), rows)
                .get(0);
    }

    private void writeDocument(String body) {
        journal.write(
                List.of(new EntryDraft("host", "t", Map.of())),
                List.of(new DocumentSaved(new StoredDocument("c", "i", body, NOW))));
    }

    private static Receipt receipt() {
        return new Receipt("r1", "ab".repeat(32), "cd".repeat(32), "{}");
    }

    private static JournalEntry anyEntry() {
        return new JournalEntry("host", 1, NOW, "t", "{}", JournalEntry.ORIGIN, "00".repeat(32));
    }
}
