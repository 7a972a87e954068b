/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FactsTest {

    @Test
    void namesEveryBundleOfAHost() {
        assertThat(bundles(60)).endsWith("org.openmcpchain.tool.number60 1.0.0");
    }

    @Test
    void marksWhatItLeavesOut() {
        assertThat(bundles(10_000)).hasSizeLessThan(5_000).endsWith(" … (cut)");
    }

    @Test
    void letsNoReceiptSteerATerminal() {
        assertThat(Facts.of(Map.of("predicate", Map.of("run", Map.of("principal", "eve\u001b[2J")))))
                .containsEntry("principal", "eve\ufffd[2J");
    }

    private static String bundles(int count) {
        List<?> bundles = IntStream.rangeClosed(1, count)
                .mapToObj(number -> Map.of("symbolicName", "org.openmcpchain.tool.number" + number, "version", "1.0.0"))
                .toList();
        return Facts.of(Map.of("predicate", Map.of("bundles", bundles))).get("bundles");
    }
}
