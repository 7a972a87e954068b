/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;

/** Which sessions there are, and a lane for each that somebody asked for. Thread-safe. */
final class SessionLanes {

    private final int limit;
    private final ConcurrentSkipListSet<String> keys = new ConcurrentSkipListSet<>();
    private final ConcurrentHashMap<String, SessionLane> lanes = new ConcurrentHashMap<>();

    /** @param limit how many sessions there may be */
    SessionLanes(int limit) {
        this.limit = limit;
    }

    void add(String key) {
        keys.add(key);
    }

    boolean contains(String key) {
        return keys.contains(key);
    }

    int size() {
        return keys.size();
    }

    /** Keys in their order. */
    List<String> keys() {
        return List.copyOf(keys);
    }

    SessionLane lane(String key) {
        return lanes.computeIfAbsent(key, SessionLane::new);
    }

    /** How many lanes were asked for. */
    int used() {
        return lanes.size();
    }

    /** Error: {@code SESSION_QUEUE_FULL}. */
    void refuseIfFull(String key) {
        if (!keys.contains(key) && keys.size() >= limit) {
            throw HostException.of(
                    RunError.SESSION_QUEUE_FULL, "detail", "this host has as many sessions as it may", "limit", limit);
        }
    }
}
