/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the disk allows: 4 KB at the end of a file, then fdatasync. For one writer. */
final class ForcedFile implements DurableAppends {

    private static final int BYTES = 4096;

    private final FileChannel file;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BYTES);

    ForcedFile(Path directory) throws IOException {
        file = FileChannel.open(directory.resolve("log"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void append(int writer) throws IOException {
        block.clear();
        while (block.hasRemaining()) {
            file.write(block);
        }
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
