/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.policy.Approval.State;

/** Changes of approvals that are written together. Used by one thread. */
final class ApprovalChange {

    private final String stream;
    private final Instant at;
    private final List<ApprovalCase> cases = new ArrayList<>();
    private final List<EntryDraft> entries = new ArrayList<>();
    private final List<StoreChange> rows = new ArrayList<>();

    ApprovalChange(String stream, Instant at) {
        this.stream = stream;
        this.at = at;
    }

    /** People are asked. */
    ApprovalChange asked(ApprovalCase asked) {
        return add(asked, ApprovalText.requested(asked, stream));
    }

    /** Somebody has answered, and perhaps decided. */
    ApprovalChange voted(ApprovalCase after) {
        add(after, ApprovalText.voted(after, stream));
        if (after.state() != State.PENDING) {
            entries.add(ApprovalText.closed(after, stream));
        }
        return this;
    }

    /** An approval was used, has lapsed or is withdrawn. */
    ApprovalChange closed(ApprovalCase after) {
        return add(after, ApprovalText.closed(after, stream));
    }

    /** Something else is written with it. */
    ApprovalChange with(Consequence other) {
        entries.addAll(other.entries());
        rows.addAll(other.rows());
        return this;
    }

    List<ApprovalCase> cases() {
        return cases;
    }

    List<EntryDraft> entries() {
        return entries;
    }

    List<StoreChange> rows() {
        return rows;
    }

    private ApprovalChange add(ApprovalCase after, EntryDraft entry) {
        cases.add(after);
        entries.add(entry);
        rows.removeIf(row ->
                row instanceof DocumentSaved saved && saved.document().id().equals(after.id()));
        rows.add(new DocumentSaved(ApprovalText.document(after, at)));
        return this;
    }
}
