/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Optional;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.Receipts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The receipts as they were written with the end of their runs. Thread-safe. */
@Component(service = Receipts.class, name = "org.openmcpchain.core.run.Receipts")
public final class StoredReceipts implements Receipts {

    private final ShieldedReads reads;

    /** Over the store. */
    @Activate
    public StoredReceipts(@Reference ShieldedReads reads) {
        this.reads = reads;
    }

    @Override
    public Optional<Receipt> ofRun(String runId) {
        Optional<Receipt> receipt = reads.ask(rows -> rows.receipt(runId));
        if (receipt.isEmpty() && reads.ask(rows -> rows.run(runId)).isEmpty()) {
            throw HostException.of(RunError.RUN_UNKNOWN, "id", PlainText.of(runId, 128));
        }
        return receipt;
    }
}
