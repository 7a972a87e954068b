/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What was spent, what is reserved, and under which caps. The gate reserves when it allows or holds an intent; whoever
 * carried the intent out settles it here. What nobody settles stays reserved: an outcome that is not known counts as spent.
 * Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface Ledgers {

    /**
     * Replaces the reservation of an intent by what it cost. Doing it again changes nothing; a key that is not known is
     * left alone.
     *
     * @param key the intent's key, see {@link Intent#key}
     */
    void settle(String key, Spent spent);

    /** Gives a reservation back, because it is proven that nothing happened and nothing can happen any more. */
    void release(String key, String reason);

    /** Every cap of the policy in force with its use now, in the policy's order. */
    List<CapUsage> usage();

    /** Opens a fuse again that a budget has blown. Error: {@code POLICY_CAP_UNKNOWN}. */
    CapUsage reset(String cap, String principal);
}
