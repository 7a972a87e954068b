/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are in a checkout.
 *
 * @param root the folder that holds {@code ./openmcp}
 */
record Checkout(Path root) {

    /** The checkout that the shell script named, or the working folder. */
    static Checkout here() {
        String root = System.getenv("OPENMCP_ROOT");
        return new Checkout(Path.of(root == null ? "" : root).toAbsolutePath().normalize());
    }

    /** The unpacked distribution. */
    Path distribution() {
        String other = System.getenv("OPENMCP_DIST");
        Path path = other == null ? root.resolve("distro/assembly/target/assembly") : Path.of(other);
        if (!Files.isRegularFile(path.resolve("bin/karaf"))) {
            throw new CliException("the distribution is not built", "Run ./openmcp up, which builds it");
        }
        return path;
    }

    /** The cache with the development chain and the contracts. */
    Path cache() {
        String other = System.getenv("OPENMCP_CACHE");
        return other == null ? root.resolve("cnf/cache") : Path.of(other);
    }

    /** The stand-alone verifier. */
    Path verifier() {
        return root.resolve("proofs.receipt/target/openmcp-verify.jar");
    }

    /** The home of a host by its short name. */
    Path home(String name) {
        return root.resolve("var").resolve(name);
    }

    /** A path as people want to read it: short when it lies in this checkout. */
    String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(root) ? root.relativize(absolute).toString() : absolute.toString();
    }
}
