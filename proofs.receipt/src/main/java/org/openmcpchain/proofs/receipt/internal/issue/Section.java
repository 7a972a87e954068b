/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

/** One section of the predicate, gathered while the stream goes by. Not thread-safe. */
interface Section {

    /** Its name in the predicate. */
    String name();

    /** Takes what concerns it out of the next entry. */
    void take(RunEntry entry);

    /** What it gathered: texts, lists and maps. */
    Object value();
}
