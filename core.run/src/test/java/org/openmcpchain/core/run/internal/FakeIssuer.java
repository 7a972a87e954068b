/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;

/** Makes receipts that anybody could make, and remembers from what. */
final class FakeIssuer implements ReceiptIssuer {

    /** What a receipt was made from. */
    record Issued(List<JournalEntry> stream, String ending) {}

    final List<Issued> issued = new CopyOnWriteArrayList<>();
    volatile Runnable onIssue = () -> {};

    @Override
    public Receipt issue(List<JournalEntry> stream, String ending) {
        issued.add(new Issued(List.copyOf(stream), ending));
        onIssue.run();
        String run = stream.get(0).stream().substring("run/".length());
        return new Receipt(run, Digests.sha256(stream.size() + ending), "ab".repeat(32), "{\"payload\":\"\"}");
    }

    @Override
    public List<ReceiptKey> keys() {
        return List.of();
    }
}
