/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, and whatever time a test lets pass at once. */
final class ShiftedClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    void goOn(Duration time) {
        ahead = ahead.plus(time);
    }

    long nanos() {
        return System.nanoTime() + ahead.toNanos();
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
