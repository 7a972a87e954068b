/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Where the agent gets a provider. Thread-safe. */
@ProviderType
public interface Inference {

    /**
     * Takes a lease on a provider: it stays usable until the lease is closed, also when its bundle is being replaced.
     *
     * @param providerId a certain provider, or empty for the preferred one
     * @param patience how long to wait when there is none at this moment
     *     <p>Errors: {@code INFERENCE_NONE}, {@code INFERENCE_UNKNOWN}.
     */
    InferenceLease lease(Optional<String> providerId, Duration patience);
}
