/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The one gate. Rules are ordered; what no rule allows is denied. Each verdict is journaled before it is returned:
 * in the run's stream, or in the host's for an administrative act. Thread-safe.
 *
 * <p>Errors: {@code JOURNAL_UNAVAILABLE}; then nothing may be done.
 */
@ProviderType
public interface PolicyGate {

    /** Decides. Never returns null and never lets a broken rule allow something. */
    Verdict decide(Intent intent);

    /** The version of the policy in force, with its digest. */
    String policyVersion();
}
