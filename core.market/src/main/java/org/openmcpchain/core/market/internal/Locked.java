/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.time.Instant;
import java.util.List;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Grant;
import org.openmcpchain.market.Permission;

/**
 * What the lock file says of one bundle.
 *
 * @param removing whether its removal has begun: it has no grant any more, and a restart finishes the removal
 */
record Locked(
        BundleRef bundle,
        String kind,
        long size,
        List<Permission> permissions,
        String installedBy,
        Instant installedAt,
        boolean removing) {

    Locked {
        permissions = List.copyOf(permissions);
    }

    String id() {
        return bundle.symbolicName();
    }

    Grant grant() {
        return new Grant(bundle, permissions, installedBy, installedAt);
    }

    Locked asRemoving() {
        return new Locked(bundle, kind, size, permissions, installedBy, installedAt, true);
    }
}
