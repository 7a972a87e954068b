/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import org.osgi.annotation.versioning.ProviderType;

/** How other parts of the core move runs that wait. Thread-safe. */
@ProviderType
public interface RunControl {

    /**
     * Lets a run that waits for an approval go on. A run that is about to wait, because its attempt has not come to its end
     * yet, goes on at once instead; every other run is left alone. Doing it again changes nothing.
     */
    void wake(String runId);
}
