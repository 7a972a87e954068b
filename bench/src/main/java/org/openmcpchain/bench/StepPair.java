/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.IOException;
import java.sql.SQLException;

/** A durable step: what is intended is on disk before it is done, and what came of it is on disk before it counts. */
final class StepPair implements DurableAppends {

    private final DurableAppends appends;

    StepPair(DurableAppends appends) {
        this.appends = appends;
    }

    @Override
    public void append(int writer) throws Exception {
        appends.append(writer);
        appends.append(writer);
    }

    @Override
    public void close() throws IOException, SQLException {
        appends.close();
    }
}
