/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

/** A condition over an intent. Pure, thread-safe. */
@FunctionalInterface
interface Condition {

    /** The condition that always holds. */
    Condition ALWAYS = question -> true;

    /**
     * Whether it holds.
     *
     * @throws ConditionFailedException when it has no value, for example because it reads what the intent does not have
     */
    boolean holds(GateQuestion question) throws ConditionFailedException;
}
