/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.DeadLetter;

/** {@code dead-letter:discard}. */
@Service
@Command(
        scope = "dead-letter",
        name = "discard",
        description = "Leaves a dead letter as it is",
        detailedDescription = "It cannot be replayed any more; the journal names who decided it, and why.")
public final class DeadLetterDiscard extends DeadLetterCommand {

    @Option(name = "--reason", description = "Why, at most 500 characters; it goes into the journal")
    String reason = "no reason given";

    @Override
    void run(Screen screen) {
        DeadLetter letter = letters().discard(id, principal(), Input.text("reason", reason, 500));
        screen.line(letter.id() + "  " + letter.state(), Json.of(letter));
    }
}
