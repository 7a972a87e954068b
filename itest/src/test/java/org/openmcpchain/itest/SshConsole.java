/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** Runs commands on a host's console over SSH. The host ends the connection after each of them. */
final class SshConsole implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SshClient client = SshClient.setUpDefaultClient();
    private final int port;
    private final String user;
    private final KeyPair keys;

    /** What a command printed, and how it ended. */
    record Result(String output, Integer status) {

        JsonNode json() {
            return TestHost.json(output);
        }
    }

    SshConsole(int port, String user, KeyPair keys) {
        this.port = port;
        this.user = user;
        this.keys = keys;
        // The host has made its key a moment ago, on this machine; nobody could have known it before.
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    Result run(String command) {
        try (ClientSession session =
                client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession()) {
            session.addPublicKeyIdentity(keys);
            session.auth().verify(PATIENCE);
            return run(session, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result run(ClientSession session, String command) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(output);
            channel.setErr(output);
            channel.open().verify(PATIENCE);
            assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE))
                    .as(command)
                    .doesNotContain(ClientChannelEvent.TIMEOUT);
            return new Result(output.toString(StandardCharsets.UTF_8), channel.getExitStatus());
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
