/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillTest {

    @TempDir
    private static Path directory;

    private final long seed = System.nanoTime();
    private KillRounds kills;

    @RepeatedTest(5)
    void losesNoAcknowledgedEntryWhenKilled() throws Exception {
        kills = kills == null ? new KillRounds(Candidate.STORE_JPA, directory, seed) : kills;

        KillRounds.Round round = kills.round();

        assertThat(round.lost()).as("%s, seed %d", round, seed).isZero();
    }
}
