/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.List;
import org.openmcpchain.config.ConfiguredPid.Source;

/**
 * A value as the operator wrote it.
 *
 * @param items its texts; one for a plain value
 * @param list whether it was written as a list
 * @param source which layer it comes from
 * @param place the file with its line, or the variable
 */
record Given(List<String> items, boolean list, Source source, String place) {

    Given {
        items = List.copyOf(items);
    }

    static Given plain(String text, Source source, String place) {
        return new Given(List.of(text), false, source, place);
    }

    /** The value in one text. */
    String text() {
        return String.join(",", items);
    }

    /** Whether a part of it stands for something that Felix puts in later: {@code $[secret:name]}, {@code $[env:NAME]}. */
    boolean isReference() {
        return items.stream().anyMatch(item -> item.contains("$["));
    }
}
