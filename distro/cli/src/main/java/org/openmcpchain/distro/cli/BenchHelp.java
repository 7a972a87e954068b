/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import picocli.CommandLine.Command;

/** Only for the list of commands: the shell script runs the benchmarks' own jar. */
@Command(name = "bench", description = "Lists the benchmarks, or runs one: bench [NAME].")
final class BenchHelp implements Runnable {

    @Override
    public void run() {
        throw new CliException("the benchmarks are a jar of their own", "Run ./openmcp bench");
    }
}
