/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;

/** What holds for every journal. */
final class JournalPropertiesTest {

    private static final int SENDERS = 4;

    /** Each sender appends to the streams that its numbers name, all at the same time. */
    @Property(tries = 60)
    void anyInterleavingGivesChainsWithoutGaps(
            @ForAll @Size(SENDERS) List<@Size(max = 40) List<@IntRange(max = 5) Integer>> plans) throws Exception {
        try (Host host = new Host()) {
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            try {
                List<Future<?>> sending = new ArrayList<>();
                for (List<Integer> plan : plans) {
                    sending.add(senders.submit(() -> plan.forEach(stream -> host.append("run/r" + stream, "x"))));
                }
                for (Future<?> sender : sending) {
                    sender.get(30, TimeUnit.SECONDS);
                }
            } finally {
                senders.shutdownNow();
            }
            Map<Integer, Long> expected = new HashMap<>();
            plans.forEach(plan -> plan.forEach(stream -> expected.merge(stream, 1L, Long::sum)));
            assertThat(host.journal.streams("", 10)).hasSize(expected.size());
            expected.forEach((stream, count) -> {
                JournalCheck check = host.journal.verify("run/r" + stream);
                assertThat(check.intact()).isTrue();
                assertThat(check.entries()).isEqualTo(count);
            });
        }
    }

    /** One bit of one byte of one stored field is flipped; the walk finds the entry or the one behind it. */
    @Property(tries = 400)
    void everyFlippedBitIsFound(
            @ForAll @Size(min = 1, max = 8) List<@StringLength(max = 30) String> texts,
            @ForAll @IntRange(max = 1000) int which,
            @ForAll @IntRange(max = 5) int field,
            @ForAll @IntRange(max = 10_000) int bit) {
        try (Host host = new Host()) {
            texts.forEach(text -> host.append("run/r1", text));
            int victim = which % texts.size();
            host.store.read = entries -> {
                List<JournalEntry> tampered = new ArrayList<>(entries);
                tampered.set(victim, flip(tampered.get(victim), field, bit));
                return tampered;
            };
            JournalCheck check = host.journal.verify("run/r1");

            assertThat(check.intact()).isFalse();
            assertThat(check.firstBroken()).isGreaterThan(0);
        }
    }

    private static JournalEntry flip(JournalEntry e, int field, int bit) {
        return switch (field) {
            case 0 -> new JournalEntry(
                    e.stream(), e.seq(), e.at(), e.type(), flip(e.body(), bit), e.previous(), e.hash());
            case 1 -> new JournalEntry(
                    e.stream(), e.seq(), e.at(), flip(e.type(), bit), e.body(), e.previous(), e.hash());
            case 2 -> new JournalEntry(
                    e.stream(), e.seq(), e.at(), e.type(), e.body(), flip(e.previous(), bit), e.hash());
            case 3 -> new JournalEntry(
                    e.stream(), e.seq(), e.at(), e.type(), e.body(), e.previous(), flip(e.hash(), bit));
            case 4 -> new JournalEntry(
                    e.stream(), e.seq(), e.at().plusMillis(1L << bit % 20), e.type(), e.body(), e.previous(), e.hash());
            default -> new JournalEntry(
                    e.stream(), e.seq() ^ 1L << 4 + bit % 20, e.at(), e.type(), e.body(), e.previous(), e.hash());
        };
    }

    private static String flip(String text, int bit) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (!new String(bytes, StandardCharsets.ISO_8859_1).equals(text)) {
            char[] chars = text.toCharArray();
            chars[bit / 16 % chars.length] ^= (char) (1 << bit % 16);
            return new String(chars);
        }
        bytes[bit / 8 % bytes.length] ^= (byte) (1 << bit % 8);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A journal over a store in memory. */
    private static final class Host implements AutoCloseable {

        final HookedStore store = new HookedStore();
        final ShieldedReads reads = ShieldedReads.of(store);
        final HostJournal journal = new HostJournal(Settings.journal(), reads, Clock.systemUTC());

        void append(String stream, String text) {
            journal.append(stream, "test.entry", Map.of("text", text));
        }

        @Override
        public void close() {
            journal.close();
            reads.close();
        }
    }
}
