/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.IOException;
import java.sql.SQLException;

/** Something that keeps entries, used by several writers at once. */
interface DurableAppends extends AutoCloseable {

    /** What an entry says: as long as the result of a tool usually is. */
    String NOTE = "x".repeat(289);

    /** Appends one entry to the writer's own stream and returns when it is on disk. */
    void append(int writer) throws Exception;

    @Override
    void close() throws IOException, SQLException;
}
