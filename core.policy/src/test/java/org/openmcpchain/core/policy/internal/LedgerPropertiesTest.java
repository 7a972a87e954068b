/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever is sent, held, approved, rejected, left to expire, repeated, reverted, dropped, settled twice or never, refused
 * by the disk or cut off by a crash, in whatever order and by several threads: no cap is exceeded by one unit at any time,
 * and in the end the ledgers say what really happened. {@link LedgerModel} keeps its own account of that.
 */
final class LedgerPropertiesTest {

    private static final PolicyVersions POLICY = LedgerWorld.policies(LedgerModel.POLICY);

    @Property(tries = 1500)
    void noInterleavingExceedsACap(@ForAll @Size(min = 10, max = 70) List<@IntRange(max = 999_999) Integer> steps) {
        LedgerModel model = new LedgerModel(new LedgerWorld(POLICY, new FakeJournaledStore()));
        for (int step : steps) {
            model.step(step);
            assertThat(model.violations()).as("after %s", model.history()).isEmpty();
        }
        model.finish();
        assertThat(model.differences()).as("after %s", model.history()).isEmpty();
    }

    @Property(tries = 150)
    void noThreadsExceedACap(@ForAll @Size(min = 4, max = 12) List<@IntRange(max = 999_999) Integer> rounds)
            throws Exception {
        LedgerModel model = new LedgerModel(new LedgerWorld(POLICY, new FakeJournaledStore()));
        for (int round : rounds) {
            model.together(round);
            assertThat(model.violations()).as("after %s", model.history()).isEmpty();
            model.step(round);
            assertThat(model.violations()).as("after %s", model.history()).isEmpty();
        }
        model.finish();
        assertThat(model.differences()).as("after %s", model.history()).isEmpty();
    }
}
