/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.Receipts;
import org.openmcpchain.run.Run;

/** {@code task:receipt}. */
@Service
@Command(
        scope = "task",
        name = "receipt",
        description = "Prints the receipt of a run that has ended",
        detailedDescription =
                "A DSSE envelope around an in-toto statement, byte for byte as it was made; it verifies without"
                        + " this host. --out writes it to a file on the host, which must not exist yet.\n\n"
                        + "    task:receipt --out /tmp/receipt.json 0199...")
public final class TaskReceipt extends RunCommand {

    @Reference(optional = true)
    Receipts receipts;

    @Option(name = "--out", description = "A new file on the host to write the receipt to")
    String out;

    @Override
    void run(Screen screen) {
        Run run = found();
        Receipt receipt = present(receipts, "receipts")
                .ofRun(run.id())
                .orElseThrow(() -> HostException.of(RunError.RUN_INCOMPLETE, "id", run.id(), "state", run.state()));
        if (out == null) {
            screen.raw(receipt.envelope());
            return;
        }
        Path file = write(receipt);
        screen.show(Json.object()
                .put("file", file.toString())
                .put("payloadDigest", receipt.payloadDigest())
                .put("keyId", receipt.keyId()));
    }

    private Path write(Receipt receipt) {
        try {
            Path file = session.currentDir().resolve(out);
            return Files.writeString(file, receipt.envelope(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw Input.invalid("out", "a file that does not exist yet");
        } catch (IOException | InvalidPathException e) {
            throw Input.invalid("out", "a file that the host can write");
        }
    }
}
