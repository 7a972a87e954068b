/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.access.Scope;

/** What an API key may allow. */
@Service
public final class Scopes extends Candidates {

    @Override
    Collection<String> names() {
        return Arrays.stream(Scope.values()).map(Scope::name).toList();
    }
}
