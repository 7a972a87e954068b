/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

/** The rules of one policy. Pure and thread-safe: the same question, the same ruling. */
@FunctionalInterface
interface RuleBook {

    /** The rule that holds when no other one decides. */
    String DEFAULT_DENY = "default-deny";

    /** The ruling of the first rule that has something to say. Never throws. */
    Ruling judge(GateQuestion question);
}
