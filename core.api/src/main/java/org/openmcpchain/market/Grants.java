/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The grants that are in force. Thread-safe. */
@ProviderType
public interface Grants {

    /** The grant for exactly this bundle (name and digest), or empty. */
    Optional<Grant> of(BundleRef bundle);

    /** Every grant, ordered by symbolic name. */
    List<Grant> list();
}
