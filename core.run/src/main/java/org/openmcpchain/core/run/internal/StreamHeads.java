/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.RunStore;

/** The ends of the streams that were written last; others are looked up in the store. Thread-safe. */
final class StreamHeads {

    private static final int REMEMBERED = 10_000;

    private final RunStore store;
    private final Map<String, Head> remembered = new LinkedHashMap<>(16, 0.75f, true);

    StreamHeads(RunStore store) {
        this.store = store;
    }

    /** The end of a stream, asked from the store when it is not remembered. */
    Head of(String stream) {
        Optional<Head> known = remembered(stream);
        return known.orElseGet(() -> stored(stream));
    }

    /** What was written of the end, and not the last entry that is there: behind a tail that was cut off a gap stays. */
    private Head stored(String stream) {
        return store.streamHead(stream)
                .map(Head::of)
                .or(() -> store.head(stream).map(Head::of))
                .orElse(Head.EMPTY);
    }

    /** The end of a stream as it was written last, or empty when that is not remembered. */
    Optional<Head> remembered(String stream) {
        synchronized (remembered) {
            return Optional.ofNullable(remembered.get(stream));
        }
    }

    /** Takes note of what is on disk. */
    void moved(Map<String, Head> heads) {
        synchronized (remembered) {
            remembered.putAll(heads);
            var oldest = remembered.entrySet().iterator();
            for (int surplus = remembered.size() - REMEMBERED; surplus > 0; surplus--) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** After a commit that may or may not have failed, only the store knows. */
    void forget(Collection<String> streams) {
        synchronized (remembered) {
            remembered.keySet().removeAll(streams);
        }
    }
}
