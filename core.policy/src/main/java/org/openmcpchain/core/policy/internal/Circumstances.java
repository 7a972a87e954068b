/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.List;

/**
 * What a verdict depends on beside the intent and the policy. It is journaled with the verdict, so that the intent can be
 * judged again later as it was judged then.
 *
 * @param now when the gate was asked, in milliseconds
 * @param granted whether this very bundle has a grant
 * @param contracts the contracts that the grant names, in its order
 */
record Circumstances(Instant now, boolean granted, List<String> contracts) {

    /** Copies the contracts. */
    Circumstances {
        contracts = List.copyOf(contracts);
    }
}
