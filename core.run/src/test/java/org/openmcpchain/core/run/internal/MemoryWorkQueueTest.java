/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.junit.jupiter.api.AfterEach;
import org.openmcpchain.core.run.WorkQueue;
import org.openmcpchain.core.run.contract.WorkQueueContract;

final class MemoryWorkQueueTest extends WorkQueueContract {

    private final MemoryWorkQueue queue = new MemoryWorkQueue();

    @Override
    protected WorkQueue queue() {
        return queue;
    }

    @AfterEach
    void close() {
        queue.close();
    }
}
