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
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.error.ErrorCatalogue;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Submission;

/** {@code task:submit}. */
@Service
@Command(
        scope = "task",
        name = "submit",
        description = "Submits a goal",
        detailedDescription =
                "The goal is on disk when this answers; the agent works on it in the background. Put it into"
                        + " single quotes: otherwise the shell takes %, $ and ( for its own. Options stand in front of the goal."
                        + " With --follow the command prints each step and ends with the run; it fails when the run does.\n\n"
                        + "    task:submit 'what is the price of ETH in USD?'\n"
                        + "    task:submit -f 'swap 0.5 ETH for USDC with at most 1 % slippage'")
public final class TaskSubmit extends ConsoleCommand {

    @Reference(optional = true)
    Runs runs;

    @Reference(optional = true)
    Journal journal;

    @Argument(
            index = 0,
            name = "goal",
            description = "The goal in words, 1 to 4,000 characters",
            required = true,
            multiValued = true)
    List<String> goal;

    @Option(
            name = "--client-id",
            description = "An id of your own; the same id with the same goal is the same run, so it may be sent again")
    String clientId;

    @Option(name = "--network", description = "CAIP-2 name of the network; the host's default when absent")
    @Completion(ChainIds.class)
    String network;

    @Option(name = "--metadata", description = "A JSON object of at most 16 KiB that is handed back unchanged")
    String metadata = "{}";

    @Option(name = "-f", aliases = "--follow", description = "Prints each step and waits for the end of the run")
    boolean follow;

    @Override
    void run(Screen screen) {
        // Karaf takes what stands behind the first argument for arguments; a goal must not swallow an option unseen.
        if (goal.size() > 1 && goal.stream().anyMatch(word -> word.matches("-[a-z]|--[a-z-]+"))) {
            throw Input.invalid("goal", "put options in front of it, and the goal into quotes");
        }
        Submission submission = present(runs, "runs")
                .submit(new RunRequest(
                        principal(),
                        String.join(" ", goal),
                        Optional.ofNullable(clientId),
                        Optional.ofNullable(network),
                        metadata));
        Run run = submission.run();
        if (!follow) {
            screen.line(run.id(), View.of(run));
            return;
        }
        screen.note("run " + run.id());
        boolean ended = new Follow()
                .run(
                        present(journal, "journal"),
                        run.stream(),
                        0,
                        entry -> Entries.print(entry, screen),
                        screen::deserted);
        if (ended) {
            tellEnd(run.id(), screen);
        }
    }

    private void tellEnd(String id, Screen screen) {
        Run run = runs.find(id).orElseThrow(() -> HostException.of(RunError.RUN_UNKNOWN, "id", id));
        if (run.state() == RunState.SUCCEEDED) {
            run.reply().ifPresent(screen::note);
        } else {
            throw HostException.of(
                    run.errorCode().flatMap(ErrorCatalogue::find).orElse(RunError.RUN_INTERNAL),
                    "detail",
                    run.errorDetail().orElse(run.state().name()),
                    "run",
                    id);
        }
    }
}
