/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.bench.Defaults;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Verdict;

/** The gate without a framework and over a store that keeps nothing: what a verdict costs before it is written. */
public final class BareGate {

    private final JournaledGate gate;
    private final PolicyInForce policy;
    private final Circumstances circumstances = new Circumstances(Instant.EPOCH, true, List.of());

    private BareGate(JournaledGate gate, PolicyInForce policy) {
        this.gate = gate;
        this.policy = policy;
    }

    /** A gate with this policy. */
    public static BareGate of(String text) {
        JournaledStore store = new Forgetful();
        PolicyVersions versions = new PolicyVersions(Defaults.of(StartingPolicy.class), store);
        PolicyDraft draft = PolicyReader.read(text);
        draft.requireFit();
        versions.update(1, draft, "bench");
        return new BareGate(
                new JournaledGate(versions, store, new NoReservations(), new NoApprovalDesk()), versions.inForce());
    }

    /** The whole verdict: hash, rules, entry. */
    public Verdict decide(Intent intent) {
        return gate.decide(intent);
    }

    /** The rules alone; the name of the one that decides. */
    public String judge(Intent intent) {
        return policy.rules()
                .judge(new GateQuestion(intent, "", policy, circumstances))
                .rule();
    }

    private static final class Forgetful implements JournaledStore {
        @Override
        public List<JournalEntry> write(List<EntryDraft> entries, List<StoreChange> rows) {
            return List.of();
        }

        @Override
        public Optional<StoredDocument> document(String collection, String id) {
            return Optional.empty();
        }

        @Override
        public List<StoredDocument> documents(String collection) {
            return List.of();
        }
    }
}
