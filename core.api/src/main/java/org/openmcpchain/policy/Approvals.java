/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.util.Optional;
import java.util.Set;
import org.openmcpchain.run.Page;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The questions that the gate puts to people. They survive restarts and hold no thread. Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface Approvals {

    /** Approvals in one of these states (empty for all), newest first. */
    Page<Approval> list(Set<Approval.State> states, int offset, int limit);

    /** The approval, or empty. */
    Optional<Approval> find(String id);

    /** The newest approval for an intent's key, see {@link Intent#key}, or empty. */
    Optional<Approval> ofKey(String key);

    /**
     * Says yes for one person. The run goes on when enough people did.
     *
     * <p>Errors: {@code APPROVAL_UNKNOWN}, {@code APPROVAL_INTENT_CHANGED} (the hash is not that of the intent),
     * {@code APPROVAL_ALREADY_DECIDED}, {@code APPROVAL_ALREADY_USED}, {@code APPROVAL_ALREADY_VOTED},
     * {@code APPROVAL_EXPIRED}, {@code APPROVAL_POLICY_CHANGED}, {@code APPROVAL_WITHDRAWN},
     * {@code APPROVAL_NOT_YOURS} (not an approver, or one's own request).
     *
     * @param intentHash the hash that the person was shown
     * @param comment at most 1,000 characters
     */
    Approval approve(String id, String principal, String intentHash, String comment);

    /** Says no; one no is enough, and the run ends with the reason. Errors: as for {@link #approve} but the hash's. */
    Approval reject(String id, String principal, String reason);
}
