/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The peer of the boot benchmark: the stock distribution with its own boot features, in a home of its own. */
final class PlainKaraf {

    /** As bin/setenv of this distribution, so that the comparison is not one of garbage collectors. */
    private static final String JAVA_OPTIONS = "-Xms64m -Xmx512m -XX:+UseSerialGC";

    private final Path distribution;
    private final Path home;
    private final int sshPort;

    private PlainKaraf(Path distribution, Path home, int sshPort) {
        this.distribution = distribution;
        this.home = home;
        this.sshPort = sshPort;
    }

    /** Prepares an empty home whose ports are free and on this machine only. */
    static PlainKaraf in(Path home) throws IOException {
        PlainKaraf karaf = new PlainKaraf(unpacked(), home, BenchHost.freePort());
        Files.createDirectories(home.resolve("data"));
        BenchHost.copy(karaf.distribution.resolve("etc"), home.resolve("etc"));
        karaf.set("org.apache.karaf.shell.cfg", Map.of("sshPort", karaf.sshPort + "", "sshHost", "127.0.0.1"));
        karaf.set(
                "org.apache.karaf.management.cfg",
                Map.of("rmiRegistryPort", BenchHost.freePort() + "", "rmiServerPort", BenchHost.freePort() + ""));
        return karaf;
    }

    Path distribution() {
        return distribution;
    }

    Map<String, String> environment() {
        return Map.of(
                "KARAF_DATA",
                home.resolve("data").toString(),
                "KARAF_ETC",
                home.resolve("etc").toString(),
                "CHECK_ROOT_INSTANCE_RUNNING",
                "false",
                "EXTRA_JAVA_OPTS",
                JAVA_OPTIONS);
    }

    /** Its console accepts connections: the last of its boot features is there. */
    boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), sshPort), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void set(String file, Map<String, String> values) throws IOException {
        Path path = home.resolve("etc").resolve(file);
        String text = Files.readString(path);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replaceAll("(?m)^" + value.getKey() + "\\s*=.*$", value.getKey() + " = " + value.getValue());
        }
        Files.writeString(path, text);
    }

    private static Path unpacked() throws IOException {
        try (Stream<Path> all = Files.list(BenchHost.root().resolve("bench/target/peers"))) {
            return all.filter(path -> path.getFileName().toString().startsWith("apache-karaf"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("plain Karaf is not unpacked; build bench"));
        }
    }
}
