/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

import java.util.List;
import org.openmcpchain.journal.JournalEntry;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes and checks receipts. Thread-safe.
 */
@ProviderType
public interface ReceiptIssuer {

    /**
     * Makes the receipt of a run from its stream, and from nothing else.
     *
     * @param stream every entry of the run's stream up to, and without, {@code run.ended}
     * @param ending the body of the {@code run.ended} entry that will be written with this receipt, as canonical JSON,
     *     without its {@code receiptDigest}
     */
    Receipt issue(List<JournalEntry> stream, String ending);

    /** The keys, the current one first; old ones stay so that their receipts stay verifiable. */
    List<ReceiptKey> keys();
}
