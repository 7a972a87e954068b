/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.access;

import java.time.Instant;
import java.util.Set;

/**
 * An API key without its secret.
 *
 * @param id its id
 * @param name whose it is
 * @param scopes what it allows
 * @param issuedAt when it was issued
 * @param revoked whether it was revoked
 */
public record ApiKeyInfo(String id, String name, Set<Scope> scopes, Instant issuedAt, boolean revoked) {

    /** Copies the scopes. */
    public ApiKeyInfo {
        scopes = Set.copyOf(scopes);
    }
}
