/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running anvil, held by its process handle. The process may have been started by an earlier life of the host.
 *
 * @param handle the process
 * @param port its loopback port
 */
record Anvil(ProcessHandle handle, int port) {

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Where its JSON-RPC listens. */
    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    /** Asks it to write its state and end; one that does not within ten seconds is ended without asking. */
    void stop() throws InterruptedException {
        handle.destroy();
        try {
            handle.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            handle.destroyForcibly();
        }
    }
}
