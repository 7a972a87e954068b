/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A text file on the host that a command reads. */
final class HostFile {

    private static final int MAX_BYTES = 256 * 1024;

    private HostFile() {}

    /** The whole text. Error: {@code REQUEST_INVALID} if it cannot be read, is too large, or is not UTF-8. */
    static String read(Path folder, String name) {
        try {
            Path file = folder.resolve(name);
            if (Files.size(file) > MAX_BYTES) {
                throw Input.invalid("file", "at most " + MAX_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw Input.invalid("file", "a text file that the host can read");
        }
    }
}
