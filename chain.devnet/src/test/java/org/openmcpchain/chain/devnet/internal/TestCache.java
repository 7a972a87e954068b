/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The cache that the build filled. */
final class TestCache {

    private TestCache() {}

    /** Skips the test when there is no anvil; fails it when CI asks for every test. */
    static Path required() {
        String named = System.getenv("OPENMCP_CACHE");
        Path cache = (named == null ? Path.of("..", "cnf", "cache") : Path.of(named))
                .toAbsolutePath()
                .normalize();
        boolean present = Files.isExecutable(cache.resolve("bin/anvil"));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("anvil in " + cache).isTrue();
        }
        assumeTrue(present, "there is no anvil in " + cache + "; run cnf/fetch/fetch.sh");
        return cache;
    }
}
