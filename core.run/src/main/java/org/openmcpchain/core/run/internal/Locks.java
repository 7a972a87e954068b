/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

/** A lock for each of many keys, without keeping one per key: different keys may share a lock. Thread-safe. */
final class Locks {

    private static final int STRIPES = 64;

    private final Object[] stripes = new Object[STRIPES];

    Locks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /** The lock of this key. Whoever holds one takes no second. */
    Object of(Object key) {
        return stripes[Math.floorMod(key.hashCode(), STRIPES)];
    }
}
