/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openmcpchain.policy.Approval.State;

/** Which approvals there are, without their intents, which stay in the store. Thread-safe. */
final class ApprovalIndex {

    private final TreeMap<String, Entry> newestLast = new TreeMap<>();
    private final Map<String, String> newestOfKey = new HashMap<>();

    /**
     * What is known of an approval without reading it.
     *
     * @param policy the label of the policy that asked
     * @param closedAt when it left PENDING, or empty
     */
    record Entry(
            String id,
            String key,
            State state,
            Optional<String> runId,
            String policy,
            Instant expiresAt,
            Optional<Instant> closedAt) {

        static Entry of(ApprovalCase stored) {
            return new Entry(
                    stored.id(),
                    stored.key(),
                    stored.state(),
                    stored.approval().intent().runId(),
                    stored.approval().policyVersion(),
                    stored.approval().expiresAt(),
                    stored.approval().closedAt());
        }
    }

    synchronized void put(Entry entry) {
        newestLast.put(entry.id(), entry);
        newestOfKey.merge(entry.key(), entry.id(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    synchronized void remove(Entry entry) {
        newestLast.remove(entry.id());
        newestOfKey.remove(entry.key(), entry.id());
    }

    synchronized Optional<Entry> find(String id) {
        return Optional.ofNullable(newestLast.get(id));
    }

    synchronized Optional<String> newestOf(String key) {
        return Optional.ofNullable(newestOfKey.get(key));
    }

    /** Entries in one of these states (empty for all), newest first. */
    synchronized List<Entry> in(Set<State> states) {
        return newestLast.descendingMap().values().stream()
                .filter(entry -> states.isEmpty() || states.contains(entry.state()))
                .toList();
    }
}
