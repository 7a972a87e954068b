/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.Spent;

/** Tells the ledgers what an allowed intent has cost, if there are ledgers. What nobody settles stays reserved. Thread-safe. */
final class Bookkeeping {

    private final AtomicReference<Ledgers> ledgers = new AtomicReference<>();

    void open(Ledgers service) {
        ledgers.set(service);
    }

    void close(Ledgers service) {
        ledgers.compareAndSet(service, null);
    }

    /** It was done. */
    void settle(String key, Spent spent) {
        Ledgers present = ledgers.get();
        if (present != null) {
            present.settle(key, spent);
        }
    }

    /** It was not done. */
    void release(String key, String reason) {
        Ledgers present = ledgers.get();
        if (present != null) {
            present.release(key, reason);
        }
    }
}
