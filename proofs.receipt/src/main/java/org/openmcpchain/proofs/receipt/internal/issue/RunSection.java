/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.proof.Digests;

/** Who wanted what, and how it ended. The goal itself stays in the journal; the receipt holds its hash. */
final class RunSection implements Section {

    private static final String PREFIX = "run.";

    private final Map<String, Object> run = new LinkedHashMap<>();
    private final List<String> entries = new ArrayList<>();
    private int attempts;

    RunSection(String runId, Map<String, Object> ending) {
        run.put("id", runId);
        new RunEntry(null, ending).copyTo(run, "state", "outcome");
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public void take(RunEntry entry) {
        run.put("lastEntryAt", entry.source().at().toString());
        if (!entry.type().startsWith(PREFIX)) {
            return;
        }
        entries.add(entry.seq());
        if (entry.type().equals(EntryTypes.RUN_SUBMITTED)) {
            run.put("submittedAt", entry.source().at().toString());
            entry.copyTo(run, "principal", "clientId", "network");
            entry.text("goal").ifPresent(goal -> run.put("goalHash", Digests.sha256(goal)));
            entry.text("metadata").ifPresent(metadata -> run.put("metadataHash", Digests.sha256(metadata)));
        } else if (entry.text("to").filter("RUNNING"::equals).isPresent()) {
            attempts++;
        }
    }

    @Override
    public Object value() {
        run.put("attempts", Integer.toString(attempts));
        run.put(RecordSection.ENTRIES, entries);
        return run;
    }
}
