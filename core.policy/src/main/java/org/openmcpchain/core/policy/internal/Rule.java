/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.Optional;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;

/** One rule of the ordered list. It rules on an intent, or leaves it to the next one. Pure: same intent, same ruling. */
interface Rule {

    /** The id that verdicts name. */
    String id();

    /** The ruling, or empty when the rule has nothing to say. */
    Optional<Ruling> judge(Intent intent);

    /** What a rule says, and why. */
    record Ruling(Decision decision, String reason) {

        static Optional<Ruling> allow(String reason) {
            return Optional.of(new Ruling(Decision.ALLOW, reason));
        }

        static Optional<Ruling> deny(String reason) {
            return Optional.of(new Ruling(Decision.DENY, reason));
        }
    }

    /** A rule from its parts. */
    static Rule of(String id, java.util.function.Function<Intent, Optional<Ruling>> judgement) {
        return new Rule() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Optional<Ruling> judge(Intent intent) {
                return judgement.apply(intent);
            }
        };
    }
}
