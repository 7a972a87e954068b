/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.core.config.internal.ConfigurationTarget.Change;
import org.openmcpchain.proof.Digests;

class AskedChangeTest {

    @TempDir
    Path secrets;

    private AskedChange to(Map<String, Object> after) {
        return asked(Optional.of(Map.of("gone", "x")), Optional.of(after));
    }

    private AskedChange asked(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        return new AskedChange(new Change(Pid.of("p"), before, after, Set.of("_s")), new SecretMarks(secrets));
    }

    @Test
    void aLongValueIsCutAndHashedWhole() {
        String same = "x".repeat(5000);

        AskedChange one = to(Map.of("url", same + "1"));
        AskedChange other = to(Map.of("url", same + "2"));

        assertThat(one.arguments()).hasSizeLessThan(500).contains("5001 characters", Digests.sha256(same + "1"));
        assertThat(one.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void manyKeysAreCountedAndHashed() {
        Map<String, Object> after = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            after.put("key" + i + ".target", "x".repeat(100));
        }
        AskedChange many = to(after);
        after.put("key999.target", "other");

        assertThat(many.arguments())
                .hasSizeLessThan(50_000)
                .contains("more keys")
                .doesNotContain("gone");
        assertThat(to(after).arguments()).isEqualTo(many.arguments());
        assertThat(to(after).hash()).isNotEqualTo(many.hash());
    }

    @Test
    void anEmptyConfigurationIsNotNone() {
        AskedChange made = asked(Optional.empty(), Optional.of(Map.of()));
        AskedChange removed = asked(Optional.of(Map.of()), Optional.empty());

        assertThat(made.arguments()).isEqualTo("{}");
        assertThat(made.hash()).isNotEqualTo(removed.hash());
    }

    @Test
    void everyTypeHasItsText() {
        assertThat(to(Map.of("a", 1.5, "b", true, "c", 'x', "d", new Integer[] {1, 2}, "e", new Vector<>(List.of(3L))))
                        .arguments())
                .isEqualTo(
                        "{\"(removed)\":[\"gone\"],\"a\":\"1.5\",\"b\":true,\"c\":\"x\",\"d\":[\"1\",\"2\"],\"e\":[\"3\"]}");
    }

    @Test
    void aSecretListIsNotShown() {
        assertThat(to(Map.of("_s", new String[] {"hunter2"})).arguments())
                .contains("(hidden)")
                .doesNotContain("hunter");
    }
}
