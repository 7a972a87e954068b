/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The catalogue of an index; entries are ordered by id and version. */
record Catalogue(String name, long sequence, List<Entry> entries) {

    Catalogue {
        entries = entries.stream()
                .sorted(Comparator.comparing(Entry::id).thenComparing(Entry::version))
                .toList();
    }

    /** This version, or the newest one when none is named. */
    Optional<Entry> find(String id, Optional<String> version) {
        return entries.stream()
                .filter(entry -> entry.id().equals(id))
                .filter(entry -> version.map(entry.version().toString()::equals).orElse(true))
                .max(Comparator.comparing(Entry::version));
    }
}
