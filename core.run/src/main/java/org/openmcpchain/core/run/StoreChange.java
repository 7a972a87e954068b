/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;

/** One row to be written. Rows are inserted, or replaced when their key is there; entries and receipts never change. */
public sealed interface StoreChange {

    /** A journal entry; key: stream and seq. */
    record EntryAppended(JournalEntry entry) implements StoreChange {}

    /** A run; key: its id. */
    record RunSaved(RunRecord run) implements StoreChange {}

    /** A transaction; key: its idempotency key. */
    record TransactionSaved(TransactionRecord transaction) implements StoreChange {}

    /** A receipt; key: its run. */
    record ReceiptSaved(Receipt receipt) implements StoreChange {}

    /** A document; key: collection and id. */
    record DocumentSaved(StoredDocument document) implements StoreChange {}

    /** A document is taken away; key: collection and id. */
    record DocumentRemoved(String collection, String id) implements StoreChange {}

    /** The end of a stream; key: its stream. */
    record HeadMoved(StreamHead head) implements StoreChange {}

    /**
     * The entries of a stream go; its head stays and says where they are; key: its stream. A stream that is not there is left
     * alone.
     */
    record StreamArchived(String stream, String archive) implements StoreChange {}
}
