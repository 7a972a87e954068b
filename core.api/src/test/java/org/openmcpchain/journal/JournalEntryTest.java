/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmcpchain.proof.Digests;

final class JournalEntryTest {

    private static final Instant WHOLE_SECOND = Instant.parse("2026-11-20T09:50:00Z");

    @Test
    void theHashCoversEveryPartInTheDocumentedForm() {
        String hash =
                JournalEntry.hashOf("host", 7, WHOLE_SECOND, "host.started", "{\"a\":\"1\"}", JournalEntry.ORIGIN);

        assertThat(hash)
                .isEqualTo(Digests.sha256("{\"at\":\"2026-11-20T09:50:00.000Z\",\"body\":{\"a\":\"1\"},\"previous\":\""
                        + "0".repeat(64) + "\",\"seq\":\"7\",\"stream\":\"host\",\"type\":\"host.started\"}"));
    }

    @Test
    void anEntryThatWasChangedHasAnotherExpectedHash() {
        String hash = JournalEntry.hashOf("host", 1, WHOLE_SECOND, "t", "{}", JournalEntry.ORIGIN);
        JournalEntry entry = new JournalEntry("host", 1, WHOLE_SECOND, "t", "{}", JournalEntry.ORIGIN, hash);
        assertThat(entry.expectedHash()).isEqualTo(entry.hash());

        for (JournalEntry changed : List.of(
                new JournalEntry("hosts", 1, WHOLE_SECOND, "t", "{}", JournalEntry.ORIGIN, hash),
                new JournalEntry("host", 2, WHOLE_SECOND, "t", "{}", JournalEntry.ORIGIN, hash),
                new JournalEntry("host", 1, WHOLE_SECOND.plusMillis(1), "t", "{}", JournalEntry.ORIGIN, hash),
                new JournalEntry("host", 1, WHOLE_SECOND, "u", "{}", JournalEntry.ORIGIN, hash),
                new JournalEntry("host", 1, WHOLE_SECOND, "t", "[]", JournalEntry.ORIGIN, hash),
                new JournalEntry("host", 1, WHOLE_SECOND, "t", "{}", hash, hash))) {
            assertThat(changed.expectedHash()).isNotEqualTo(hash);
        }
    }

    @Test
    void entryTypesAreWellFormedAndDistinct() {
        List<String> types = Arrays.stream(EntryTypes.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(JournalEntryTest::valueOf)
                .toList();
        assertThat(types).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(types).allMatch(type -> type.matches("[a-z0-9.-]{1,64}"));
    }

    private static String valueOf(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
