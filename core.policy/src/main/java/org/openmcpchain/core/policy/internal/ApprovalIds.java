/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Makes UUIDv7: the time in milliseconds, a counter within the millisecond, and 62 random bits, so that ids sort by the
 * order in which they were made. Thread-safe. Source: RFC 9562, section 6.2, method 1.
 */
final class ApprovalIds {

    private static final int COUNTER_LIMIT = 1 << 12;

    private final SecureRandom random = new SecureRandom();
    private long lastMillis;
    private int counter;

    /** Goes on behind an id that was made before the host stopped, whatever the clock says since. */
    synchronized void behind(String id) {
        lastMillis = Math.max(lastMillis, UUID.fromString(id).getMostSignificantBits() >>> 16);
        counter = COUNTER_LIMIT - 1;
    }

    synchronized String next(long millis) {
        if (millis > lastMillis) {
            lastMillis = millis;
            counter = 0;
        } else if (++counter == COUNTER_LIMIT) {
            // Ids go ahead of the clock rather than backwards.
            lastMillis++;
            counter = 0;
        }
        long high = lastMillis << 16 | 0x7000 | counter;
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
