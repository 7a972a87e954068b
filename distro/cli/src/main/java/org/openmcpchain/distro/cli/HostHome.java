/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The folder that belongs to one host: its data, its log and the note that says where it runs. */
final class HostHome {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    HostHome(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path folder() {
        return folder;
    }

    /** What a running host writes. */
    Path data() {
        return folder.resolve("data");
    }

    /** What the process printed before its own log began. */
    Path consoleLog() {
        return folder.resolve("console.log");
    }

    /** The host's log. */
    Path log() {
        return data().resolve("log/karaf.log");
    }

    /** Public keys of this host's receipts, one PEM file each. */
    Path trustedKeys() {
        return folder.resolve("trusted-keys");
    }

    /** Where the demo puts receipts. */
    Path receipts() {
        return folder.resolve("receipts");
    }

    /** Where the host writes its first key, once. */
    Path adminKey() {
        return data().resolve("admin-api-key");
    }

    /**
     * A running host.
     *
     * @param process its process
     * @param startedAt when the process started, so that a reused process id is not mistaken for it
     * @param httpPort where its API is
     * @param sshPort where its console is
     */
    record Running(ProcessHandle process, Instant startedAt, int httpPort, int sshPort) {

        String url() {
            return "http://127.0.0.1:" + httpPort + "/api/v1";
        }
    }

    /** The host that runs here, or empty. */
    Optional<Running> running() {
        if (!Files.isRegularFile(note())) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(note().toFile());
            Instant startedAt = Instant.parse(node.path("startedAt").asText());
            return ProcessHandle.of(node.path("pid").asLong())
                    .filter(process -> isSame(process, startedAt))
                    .map(process -> new Running(
                            process,
                            startedAt,
                            node.path("httpPort").asInt(),
                            node.path("sshPort").asInt()));
        } catch (IOException | java.time.DateTimeException e) {
            throw new CliException(note() + " cannot be read", "Delete it when no host is running");
        }
    }

    /** Writes down where a host runs. */
    Running wrote(ProcessHandle process, int httpPort, int sshPort) {
        Instant startedAt = process.info().startInstant().orElse(Instant.EPOCH);
        ObjectNode node = JSON.createObjectNode()
                .put("pid", process.pid())
                .put("startedAt", startedAt.toString())
                .put("httpPort", httpPort)
                .put("sshPort", sshPort);
        try {
            Path fresh = note().resolveSibling("host.json.new");
            JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), node);
            Files.move(fresh, note(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Running(process, startedAt, httpPort, sshPort);
    }

    void forget() {
        try {
            Files.deleteIfExists(note());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path note() {
        return folder.resolve("host.json");
    }

    private static boolean isSame(ProcessHandle process, Instant startedAt) {
        Instant actual = process.info().startInstant().orElse(Instant.EPOCH);
        return process.isAlive() && Duration.between(startedAt, actual).abs().compareTo(Duration.ofSeconds(1)) < 0;
    }
}
