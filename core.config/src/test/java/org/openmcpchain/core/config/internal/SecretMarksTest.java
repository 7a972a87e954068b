/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.proof.Digests;

class SecretMarksTest {

    private static final Pid PID = Pid.of("test.core.Engine");

    @TempDir
    Path data;

    private SecretMarks marks(String folder) {
        return new SecretMarks(data.resolve(folder));
    }

    @Test
    void aMarkOutlivesARestartAndIsAnotherOneOnAnotherHost() {
        String mark = marks("one").of(PID, "_token", "hunter2");

        assertThat(marks("one").of(PID, "_token", "hunter2")).isEqualTo(mark);
        assertThat(marks("one").of(PID, "_token", "hunter3")).isNotEqualTo(mark);
        assertThat(marks("one").of(PID, "_token", List.of("hunter2"))).isNotEqualTo(mark);
        assertThat(marks("one").of(PID, "password", "hunter2")).isNotEqualTo(mark);
        assertThat(marks("one").of(Pid.of("other"), "_token", "hunter2")).isNotEqualTo(mark);
        assertThat(marks("two").of(PID, "_token", "hunter2")).isNotEqualTo(mark);
        assertThat(mark).doesNotContain("hunter", Digests.sha256("hunter2"));
    }

    @Test
    void onlyTheHostReadsItsKey() throws IOException {
        marks("one").of(PID, "_token", "hunter2");

        Path file = data.resolve("one").resolve(SecretMarks.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("[0-9a-f]{64}");
    }

    @Test
    void marksAllTheSameWithoutAKeyThatCanBeKept() throws IOException {
        Files.createDirectories(data.resolve("one"));
        Path file = Files.writeString(data.resolve("one").resolve(SecretMarks.FILE), "abcd");
        Files.writeString(data.resolve("file"), "");

        SecretMarks damaged = marks("one");
        String mark = damaged.of(PID, "_token", "hunter2");

        assertThat(damaged.of(PID, "_token", "hunter2")).isEqualTo(mark);
        assertThat(marks("one").of(PID, "_token", "hunter2")).isNotEqualTo(mark);
        assertThat(file).hasContent("abcd");
        assertThat(marks("file").of(PID, "_token", "hunter2")).isNotEqualTo(mark);
    }
}
