/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.proof.ReceiptIssuer;

/** {@code receipt:keys}. */
@Service
@Command(
        scope = "receipt",
        name = "keys",
        description = "Lists the public keys of receipts",
        detailedDescription =
                "The current one first; old ones stay so that their receipts stay verifiable. --json prints them whole.")
public final class ReceiptKeys extends ConsoleCommand {

    @Reference(optional = true)
    ReceiptIssuer issuer;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(issuer, "receipts").keys().stream().map(Json::of),
                "No keys.",
                "keyId",
                "algorithm",
                "current"));
    }
}
