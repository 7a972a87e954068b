/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;

/** The contract artifacts that {@code cnf/fetch} wrote. */
final class Artifacts {

    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final ObjectMapper json = new ObjectMapper();
    private final Path folder;

    Artifacts(Path folder) {
        this.folder = folder;
    }

    /** The creation bytecode of a contract, 0x hex. Error: {@code DEVNET_UNAVAILABLE}. */
    String bytecode(String contract) throws IOException {
        Path file = folder.resolve(contract + ".json");
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            throw HostException.of(
                    ChainError.DEVNET_UNAVAILABLE,
                    "detail",
                    "there is no artifact of " + contract + " in " + folder + "; run cnf/fetch/fetch.sh");
        }
        JsonNode bytecode = json.readTree(file.toFile()).path("bytecode");
        if (!bytecode.asText().matches("0x[0-9a-fA-F]+")) {
            throw HostException.of(
                    ChainError.DEVNET_UNAVAILABLE, "detail", "the artifact of " + contract + " holds no bytecode");
        }
        return bytecode.asText();
    }
}
