/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.util.List;
import java.util.OptionalInt;

/**
 * A part of a list.
 *
 * @param items the part
 * @param total how many there are in all
 * @param nextOffset where the next part begins, or empty at the end
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, long total, OptionalInt nextOffset) {

    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
