/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.List;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Decision;

/** Counts nothing: for judging without consequences, and for tests. */
final class NoReservations implements Reservations {

    private static final Reserved NOTHING = new Reserved() {
        @Override
        public List<Refusal> refusals() {
            return List.of();
        }

        @Override
        public List<CapUsage> usage() {
            return List.of();
        }

        @Override
        public Consequence with(Decision decision) {
            return Consequence.NONE;
        }

        @Override
        public void cancel() {}
    };

    @Override
    public Reserved reserve(GateQuestion question) {
        return NOTHING;
    }

    @Override
    public Consequence refused(GateQuestion question) {
        return Consequence.NONE;
    }
}
