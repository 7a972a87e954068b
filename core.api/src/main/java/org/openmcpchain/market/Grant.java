/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

import java.time.Instant;
import java.util.List;

/**
 * What an operator allows an installed bundle.
 *
 * @param bundle the bundle that it is for: this very jar, no other
 * @param permissions what is allowed
 * @param grantedBy the principal that granted it
 * @param grantedAt when
 */
public record Grant(BundleRef bundle, List<Permission> permissions, String grantedBy, Instant grantedAt) {

    /** Copies the permissions. */
    public Grant {
        permissions = List.copyOf(permissions);
    }

    /** Whether sending to this contract of the address book is allowed. */
    public boolean allowsContract(String contract) {
        return permissions.contains(Permission.contract(contract));
    }
}
