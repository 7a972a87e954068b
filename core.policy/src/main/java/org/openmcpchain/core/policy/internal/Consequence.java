/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.List;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;

/**
 * What a verdict changes beside itself. The gate writes the entries and rows together with the verdict, in one forced
 * transaction, and then calls exactly one of {@link #commit} and {@link #rollback}. What must be visible to concurrent
 * questions before it is on disk (a reservation) is counted in memory already when this is made, and taken back by
 * {@link #rollback}.
 */
interface Consequence {

    /** Nothing changes. */
    Consequence NONE = of(List.of(), List.of());

    /** Entries to be written before the verdict, in their order. */
    List<EntryDraft> entries();

    /** Rows to be written with it. */
    List<StoreChange> rows();

    /** Everything is on disk. Must not throw, must not read or write the store. */
    default void commit() {}

    /** Nothing is on disk, and nothing of it may count. Must not throw. */
    default void rollback() {}

    /** Entries and rows without anything in memory. */
    static Consequence of(List<EntryDraft> entries, List<StoreChange> rows) {
        return of(entries, rows, () -> {}, () -> {});
    }

    /** A consequence from its parts. */
    static Consequence of(List<EntryDraft> entries, List<StoreChange> rows, Runnable commit, Runnable rollback) {
        List<EntryDraft> drafts = List.copyOf(entries);
        List<StoreChange> changes = List.copyOf(rows);
        return new Consequence() {
            @Override
            public List<EntryDraft> entries() {
                return drafts;
            }

            @Override
            public List<StoreChange> rows() {
                return changes;
            }

            @Override
            public void commit() {
                commit.run();
            }

            @Override
            public void rollback() {
                rollback.run();
            }
        };
    }
}
