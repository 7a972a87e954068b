/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.MessageMode;

/** {@code session:send}. */
@Service
@Command(
        scope = "session",
        name = "send",
        description = "Says something in a session",
        detailedDescription =
                "The message is on disk when this answers; a session that is not there is created. Put the text into single"
                        + " quotes. /new, /reset and /compact are commands.\n\n"
                        + "    session:send --mode STEER main 'use the other pool'")
public final class SessionSend extends SessionCommand {

    @Argument(
            index = 1,
            name = "text",
            description = "What to say, 1 to 4,000 characters",
            required = true,
            multiValued = true)
    List<String> text;

    @Option(
            name = "--client-id",
            description = "An id of your own; the same id with the same text, network and mode is the same message")
    String clientId;

    @Option(name = "--mode", description = "What it does while a run is at work; the session's mode when absent")
    @Completion(Modes.class)
    String mode;

    @Option(name = "--network", description = "CAIP-2 name of the network; the host's default when absent")
    @Completion(ChainIds.class)
    String network;

    @Override
    void run(Screen screen) {
        Accepted accepted = sessions()
                .send(new Message(
                        principal(),
                        key,
                        String.join(" ", text),
                        Optional.ofNullable(clientId),
                        Optional.ofNullable(mode).map(word -> Input.word(MessageMode.class, "mode", word)),
                        Optional.ofNullable(network)));
        screen.line(
                accepted.session().key() + "  message " + accepted.message() + "  " + accepted.effect()
                        + accepted.run().map(run -> "  run " + run).orElse(""),
                Json.of(accepted));
    }
}
