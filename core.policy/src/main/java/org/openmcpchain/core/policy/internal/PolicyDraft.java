/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.List;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.policy.PolicyDocument;

/**
 * A policy's text, read and compiled.
 *
 * @param text the text as it was written
 * @param digest the SHA-256 of its canonical form, or empty when it cannot be read
 * @param problems what is wrong with it; empty when it is fit
 * @param rules its rules
 * @param caps its caps
 * @param prices its prices
 */
record PolicyDraft(
        String text,
        String digest,
        List<String> problems,
        RuleBook rules,
        List<CapRule> caps,
        List<ModelPrice> prices) {

    private static final int DIGEST_IN_LABEL = 16;

    /** Copies the lists. */
    PolicyDraft {
        problems = List.copyOf(problems);
        caps = List.copyOf(caps);
        prices = List.copyOf(prices);
    }

    /** A draft that is not fit. */
    static PolicyDraft unfit(String text, List<String> problems) {
        return new PolicyDraft(
                text,
                "",
                problems,
                question -> Ruling.deny(RuleBook.DEFAULT_DENY, "no rule allows this"),
                List.of(),
                List.of());
    }

    /** Error: {@code POLICY_INVALID}. */
    void requireFit() {
        if (!problems.isEmpty()) {
            throw HostException.of(
                    PolicyError.POLICY_INVALID,
                    "problems",
                    String.join("\n", problems),
                    "detail",
                    problems.get(0) + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""));
        }
    }

    /** What verdicts under this draft would name. */
    String label(long version) {
        return version + "-" + digest.substring(0, DIGEST_IN_LABEL);
    }

    /** The draft as a policy that judges. */
    PolicyInForce as(PolicyDocument document) {
        return new PolicyInForce(document, rules, caps, prices);
    }
}
