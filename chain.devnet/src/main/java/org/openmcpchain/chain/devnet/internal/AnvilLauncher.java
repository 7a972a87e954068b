/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the anvil of an earlier life of the host, or starts one from the state that was last written.
 *
 * <p>anvil is a process of its own on purpose: it survives a {@code kill -9} of the host, as a real chain would. What
 * identifies it is written down before it is first spoken to: pid and start instant (a pid alone is soon somebody
 * else's), port, and the genesis hash once it is known.
 */
final class AnvilLauncher {

    static final long CHAIN_ID = 31337;

    private static final Logger LOG = LoggerFactory.getLogger(AnvilLauncher.class);
    private static final int PORT_ATTEMPTS = 3;
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);
    /** The kernel's clock tick and an adjusted wall clock move the reported start instant by less than this. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private final DevnetSettings settings;
    private final PropertiesFile memory;

    AnvilLauncher(DevnetSettings settings) {
        this.settings = settings;
        this.memory = new PropertiesFile(settings.folder().resolve("anvil.properties"));
    }

    /** A node that answers. Error: {@code DEVNET_UNAVAILABLE}. */
    Anvil attachOrStart() throws IOException, InterruptedException {
        Map<String, String> remembered = memory.read().orElse(Map.of());
        Optional<Anvil> survivor = survivor(remembered);
        if (survivor.isPresent()) {
            if (answersAsRemembered(survivor.get(), remembered)) {
                LOG.info("Attached to the running anvil at {}", survivor.get().url());
                return survivor.get();
            }
            LOG.warn(
                    "The running anvil (pid {}) does not answer as expected; it is started anew",
                    survivor.get().handle().pid());
            survivor.get().stop();
        }
        return start(remembered);
    }

    private static Optional<Anvil> survivor(Map<String, String> remembered) {
        if (!remembered.keySet().containsAll(List.of("pid", "started", "port"))) {
            return Optional.empty();
        }
        Instant started = Instant.parse(remembered.get("started"));
        return ProcessHandle.of(Long.parseLong(remembered.get("pid")))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(instant ->
                                Duration.between(started, instant).abs().compareTo(START_TOLERANCE) < 0)
                        .isPresent())
                .map(handle -> new Anvil(handle, Integer.parseInt(remembered.get("port"))));
    }

    private static boolean answersAsRemembered(Anvil anvil, Map<String, String> remembered) {
        try (Node node = new Node(anvil.url())) {
            String genesis = remembered.get("genesis");
            return node.chainId() == CHAIN_ID && (genesis == null || genesis.equals(node.genesisHash()));
        } catch (IOException e) {
            LOG.debug("The remembered anvil does not answer", e);
            return false;
        }
    }

    private Anvil start(Map<String, String> remembered) throws IOException, InterruptedException {
        if (!Files.isExecutable(settings.binary())) {
            throw unavailable("there is no anvil at " + settings.binary() + "; run cnf/fetch/fetch.sh");
        }
        Files.createDirectories(settings.folder());
        int port = settings.port() != 0 ? settings.port() : Integer.parseInt(remembered.getOrDefault("port", "0"));
        for (int attempt = 1; ; attempt++) {
            int chosen = isFree(port) ? port : freePort();
            Anvil anvil = launch(chosen);
            if (awaitAnswer(anvil)) {
                remember(anvil, genesisOf(anvil));
                LOG.info(
                        "Started anvil at {} (pid {})",
                        anvil.url(),
                        anvil.handle().pid());
                return anvil;
            }
            if (attempt == PORT_ATTEMPTS) {
                throw unavailable("anvil did not start: " + lastWords());
            }
            port = 0;
        }
    }

    private Anvil launch(int port) throws IOException {
        File log = log().toFile();
        Process process = new ProcessBuilder(
                        settings.binary().toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--chain-id",
                        Long.toString(CHAIN_ID),
                        "--state",
                        settings.folder().resolve("state.json").toString(),
                        "--state-interval",
                        "1",
                        // A page in a browser must not be able to drive the chain.
                        "--no-cors",
                        "--quiet")
                // A pipe would break, and end anvil, with the host.
                .redirectOutput(log)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        Anvil anvil = new Anvil(process.toHandle(), port);
        remember(anvil, null);
        return anvil;
    }

    /** @return false when the process ended, for example because somebody took the port first */
    private boolean awaitAnswer(Anvil anvil) throws InterruptedException {
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        while (System.nanoTime() < deadline) {
            if (answersAsRemembered(anvil, Map.of())) {
                return anvil.isAlive();
            }
            try {
                anvil.handle().onExit().get(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                return false;
            } catch (TimeoutException stillStarting) {
                continue;
            } catch (ExecutionException e) {
                return false;
            }
        }
        anvil.stop();
        throw unavailable(
                "anvil did not answer within " + settings.startTimeout().toSeconds() + " s");
    }

    private void remember(Anvil anvil, String genesis) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("pid", Long.toString(anvil.handle().pid()));
        values.put(
                "started",
                anvil.handle().info().startInstant().orElseGet(Instant::now).toString());
        values.put("port", Integer.toString(anvil.port()));
        if (genesis != null) {
            values.put("genesis", genesis);
        }
        memory.write(values);
    }

    private static String genesisOf(Anvil anvil) throws IOException {
        try (Node node = new Node(anvil.url())) {
            return node.genesisHash();
        }
    }

    private Path log() {
        return settings.folder().resolve("anvil.log");
    }

    private String lastWords() throws IOException {
        String text = Files.readString(log(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "it said nothing" : text.substring(0, Math.min(300, text.length()));
    }

    private static HostException unavailable(String detail) {
        return HostException.of(ChainError.DEVNET_UNAVAILABLE, "detail", detail);
    }

    private static boolean isFree(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
