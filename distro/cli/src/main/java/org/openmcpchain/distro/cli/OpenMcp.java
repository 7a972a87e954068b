/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of {@code ./openmcp}. */
@Command(
        name = "openmcp",
        description = "Runs OpenMCP-Chain: AI agents that act on blockchains, under a policy, with receipts.",
        mixinStandardHelpOptions = true,
        version = "OpenMCP-Chain 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DemoCommand.class,
            LogsCommand.class,
            ApprovalsCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            PolicyCommand.class,
            SessionCommand.class,
            VerifyHelp.class,
            BenchHelp.class
        },
        footer = {"", "State lives in var/ of the checkout, or where --home points."})
public final class OpenMcp implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** Runs a command; the exit code is 0 when it did its work, 1 when it could not, 2 for wrong usage. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new OpenMcp())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    Terminal terminal = new Terminal(command.getErr());
                    terminal.failure(
                            failure instanceof CliException e ? e.getMessage() : failure.toString(),
                            failure instanceof CliException e ? e.remedy() : "Report this with the output above");
                    return 1;
                });
    }
}
