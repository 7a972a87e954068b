/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.contract.Rows;
import org.openmcpchain.core.run.contract.RunStoreContract;
import org.openmcpchain.error.HostException;

final class MemoryRunStoreTest extends RunStoreContract {

    private final MemoryRunStore store = new MemoryRunStore(100_000);

    @Override
    protected RunStore store() {
        return store;
    }

    @Test
    void refusesEntriesBeyondItsLimit() {
        MemoryRunStore small = new MemoryRunStore(1);
        small.commit(List.of(new EntryAppended(Rows.entry("host", 1, "{}"))));

        assertThatThrownBy(() -> small.commit(List.of(new EntryAppended(Rows.entry("host", 2, "{}")))))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("full");
        assertThat(small.head("host")).contains(Rows.entry("host", 1, "{}"));
    }
}
