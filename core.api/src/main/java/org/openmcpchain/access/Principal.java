/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.access;

import java.util.Set;

/**
 * Who calls.
 *
 * @param name the name, as it appears in runs and in the journal
 * @param keyId the id of the key, or {@code console}
 * @param scopes what is allowed
 */
public record Principal(String name, String keyId, Set<Scope> scopes) {

    /** Copies the scopes. */
    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** Whether this is allowed; ADMIN allows everything, RUN and APPROVE allow reading. */
    public boolean may(Scope scope) {
        return scopes.contains(Scope.ADMIN)
                || scopes.contains(scope)
                || (scope == Scope.READ && (scopes.contains(Scope.RUN) || scopes.contains(Scope.APPROVE)));
    }
}
