/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.OutputStream;

/** Fetches files of an index. Thread-safe. */
interface Transport extends AutoCloseable {

    /** How a fetch ended. */
    enum Status {
        /** The whole file was written to the sink. */
        FETCHED,
        /** The file is the one that the tag is of; nothing was written. */
        UNCHANGED,
        /** There is no such file. */
        MISSING,
        /** The file is longer than the limit; at most that much was written. */
        TOO_LARGE
    }

    /**
     * What a fetch brought.
     *
     * @param tag changes when the file changes, or empty when that cannot be known
     */
    record Reply(Status status, String tag) {}

    /**
     * Fetches a file.
     *
     * @param path relative to the index, made of names that this host chose
     * @param tag of the file as it is known here, or empty
     * @throws IOException if the index cannot be reached or does not answer in time
     */
    Reply fetch(String path, String tag, long limit, OutputStream sink) throws IOException;

    @Override
    void close();
}
