/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.List;
import org.openmcpchain.policy.PolicyDocument;

/**
 * A policy that is fit to judge: parsed, type-checked and compiled. Immutable and thread-safe.
 *
 * @param document the version that it was made from
 * @param rules the rules, in order
 * @param caps the caps, in the document's order; the ledgers enforce them
 * @param prices what models cost
 */
record PolicyInForce(PolicyDocument document, RuleBook rules, List<CapRule> caps, List<ModelPrice> prices) {

    /** Copies the lists. */
    PolicyInForce {
        caps = List.copyOf(caps);
        prices = List.copyOf(prices);
    }

    /** What verdicts name: {@code 3-9f2c…}. */
    String label() {
        return document.label();
    }
}
