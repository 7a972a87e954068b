/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Permission;

class LockFileTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");

    @TempDir
    Path folder;

    @Test
    void remembersOverARestart() {
        LockFile lock = lock();
        lock.put(locked("org.example.b"));
        lock.put(locked("org.example.a"));

        assertThat(lock().entries()).isEqualTo(lock.entries());
        assertThat(lock().entries()).extracting(Locked::id).containsExactly("org.example.a", "org.example.b");
        assertThat(lock().list().get(0).grantedAt()).isEqualTo(AT);
    }

    @Test
    void writesTheSameBytesForTheSameEntries() throws IOException {
        LockFile lock = lock();
        lock.put(locked("org.example.b"));
        lock.put(locked("org.example.a"));
        String first = Files.readString(file());
        lock.remove("org.example.a");
        lock.put(locked("org.example.a"));

        assertThat(Files.readString(file())).isEqualTo(first).contains("\"state\" : \"installed\"");
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void aBundleThatIsBeingRemovedHasNoGrant() {
        LockFile lock = lock();
        lock.put(locked("org.example.a").asRemoving());

        assertThat(lock().of(locked("org.example.a").bundle())).isEmpty();
        assertThat(lock().list()).isEmpty();
        assertThat(lock().find("org.example.a").orElseThrow().removing()).isTrue();
    }

    @Test
    void refusesToStartWithALockFileThatIsDamaged() throws IOException {
        lock().put(locked("org.example.a"));
        String text = Files.readString(file());
        for (String damaged : List.of("", "{}", text.replace("sha256", "sha1"), text.substring(0, text.length() / 2))) {
            Files.writeString(file(), damaged);
            assertThatThrownBy(this::lock)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("repair it or restore it");
        }
    }

    private LockFile lock() {
        return new LockFile(file());
    }

    private Path file() {
        return folder.resolve("market").resolve("agent.lock.json");
    }

    private static Locked locked(String id) {
        return new Locked(
                new BundleRef(id, "1.0.0", "a".repeat(64)),
                "tool",
                5,
                List.of(Permission.contract("x"), new Permission("net", Map.of("host", "h", "port", "1"))),
                "alice",
                AT,
                false);
    }
}
