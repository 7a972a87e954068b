/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import picocli.CommandLine.Command;

/** Only for the list of commands: the shell script runs the verifier's own jar, which needs nothing of a host. */
@Command(
        name = "verify",
        description =
                "Checks receipts without a host and without a network: verify RECEIPT... [--key FILE | --keys DIR].")
final class VerifyHelp implements Runnable {

    @Override
    public void run() {
        throw new CliException("the verifier is a jar of its own", "Run ./openmcp verify");
    }
}
