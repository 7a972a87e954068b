/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.ArrayList;
import java.util.List;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several consequences of one verdict. Used by one thread. */
final class Consequences {

    private static final Logger LOG = LoggerFactory.getLogger(Consequences.class);

    private final List<Consequence> parts = new ArrayList<>();

    void add(Consequence part) {
        parts.add(part);
    }

    List<EntryDraft> entries() {
        return parts.stream().flatMap(part -> part.entries().stream()).toList();
    }

    List<StoreChange> rows() {
        return parts.stream().flatMap(part -> part.rows().stream()).toList();
    }

    void commit() {
        parts.forEach(part -> each(part::commit));
    }

    /** Takes everything back, the last first. */
    void rollback() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            each(parts.get(i)::rollback);
        }
    }

    /** One part that breaks its promise not to throw must not keep the others from being told. */
    private static void each(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("a consequence of a verdict broke", e);
        }
    }
}
