/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.chain.TransactionLog;

/** {@code chain:transactions}. */
@Service
@Command(
        scope = "chain",
        name = "transactions",
        description = "Lists the transactions of a run",
        detailedDescription = "Oldest first, with what is known of each; UNKNOWN means that it may still be mined.")
public final class ChainTransactions extends RunCommand {

    @Reference(optional = true)
    TransactionLog transactions;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(transactions, "transactions").ofRun(found().id()).stream()
                        .map(View::of),
                "This run has sent no transactions.",
                "hash",
                "state",
                "chain",
                "nonce",
                "blockNumber",
                "description"));
    }
}
