/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.util.List;
import org.openmcpchain.market.Permission;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;

/**
 * A verified jar as its manifest describes it.
 *
 * @param requirements what it needs, mandatory ones only
 * @param capabilities what it brings itself
 */
record Artifact(
        Entry entry, List<Permission> permissions, List<Requirement> requirements, List<Capability> capabilities) {

    Artifact {
        permissions = List.copyOf(permissions);
        requirements = List.copyOf(requirements);
        capabilities = List.copyOf(capabilities);
    }
}
