/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.run.Signals;

/** {@code task:steer}. */
@Service
@Command(
        scope = "task",
        name = "steer",
        description = "Tells a run something, or changes its parameters",
        detailedDescription =
                "The run sees it before its next step; of several values for a parameter the latest wins. A run acts for\n"
                        + "one person, and only they may steer it: here those that were submitted here by the same user.\n\n"
                        + "    task:steer 0199... 'use the other pool'\n"
                        + "    task:steer --parameters '{\"maxRounds\":\"12\"}' 0199...")
public final class TaskSteer extends RunCommand {

    @Reference(optional = true)
    Signals signals;

    @Option(name = "--parameters", description = "A JSON object: maxRounds, inferenceProvider, answer")
    String parameters = "{}";

    @Argument(index = 1, name = "text", description = "What the agent is told", multiValued = true)
    List<String> text = List.of();

    @Override
    void run(Screen screen) {
        Signals present = present(signals, "signals");
        String words = String.join(" ", text);
        if (words.isBlank() && parameters.equals("{}")) {
            throw Input.invalid("text", "a text, or --parameters");
        }
        long seq = present.steer(id, principal(), words, parameters);
        screen.line(id + "  steered at " + seq, Json.object().put("id", id).put("seq", seq));
    }
}
