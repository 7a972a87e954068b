/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the public keys of a host's receipts where {@code ./openmcp verify} finds them when the host is gone. */
final class TrustedKeys {

    private TrustedKeys() {}

    static void keep(HostClient client, Path folder) {
        try {
            Files.createDirectories(folder);
            for (JsonNode key : client.get("/receipt-keys").path("items")) {
                String id = key.path("keyId").asText();
                if (id.matches("[0-9a-f]{64}")) {
                    Files.writeString(
                            folder.resolve(id + ".pem"), key.path("publicKey").asText());
                }
            }
        } catch (IOException e) {
            throw new CliException("the receipt keys cannot be written: " + e.getMessage(), "Check the disk");
        }
    }
}
