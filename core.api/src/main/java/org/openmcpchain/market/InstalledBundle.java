/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

import java.time.Instant;
import java.util.List;

/**
 * A bundle that was installed from the marketplace.
 *
 * @param bundle the bundle
 * @param state the framework's state: {@code ACTIVE}, {@code RESOLVED} …
 * @param permissions what was granted with the installation
 * @param installedBy the principal that installed it
 * @param installedAt when
 */
public record InstalledBundle(
        BundleRef bundle, String state, List<Permission> permissions, String installedBy, Instant installedAt) {

    /** Copies the permissions. */
    public InstalledBundle {
        permissions = List.copyOf(permissions);
    }
}
