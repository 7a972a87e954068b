/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A section that is a list of records, each made from one or several entries. Every record names the entries that it
 * comes from, so that a verifier can see that no entry was left out.
 */
abstract class RecordSection implements Section {

    static final String ENTRIES = "entries";

    private final String name;
    private final String prefix;
    private final List<Map<String, Object>> records = new ArrayList<>();

    /** @param prefix how the types of its entries begin */
    RecordSection(String name, String prefix) {
        this.name = name;
        this.prefix = prefix;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void take(RunEntry entry) {
        if (entry.type().startsWith(prefix)) {
            Map<String, Object> target = find(entry).orElseGet(this::begin);
            fill(target, entry);
            references(target).add(entry.seq());
        }
    }

    @Override
    public final Object value() {
        return records;
    }

    /** The record that this entry continues, or empty when it begins a new one. */
    abstract Optional<Map<String, Object>> find(RunEntry entry);

    /** Puts what the entry says into its record. */
    abstract void fill(Map<String, Object> target, RunEntry entry);

    /** The youngest record that has the same text under this name as the entry. */
    final Optional<Map<String, Object>> youngest(RunEntry entry, String key) {
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i).containsKey(key)
                    && entry.text(key).filter(records.get(i).get(key)::equals).isPresent()) {
                return Optional.of(records.get(i));
            }
        }
        return Optional.empty();
    }

    private Map<String, Object> begin() {
        Map<String, Object> begun = new LinkedHashMap<>();
        begun.put(ENTRIES, new ArrayList<String>());
        records.add(begun);
        return begun;
    }

    @SuppressWarnings("unchecked")
    private static List<String> references(Map<String, Object> target) {
        return (List<String>) target.get(ENTRIES);
    }
}
