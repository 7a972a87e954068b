/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.ApiKeys;

/** Ids of the API keys that are not revoked. */
@Service
public final class KeyIds extends Candidates {

    @Reference(optional = true)
    ApiKeys keys;

    @Override
    Collection<String> names() {
        return keys == null
                ? List.of()
                : keys.list().stream()
                        .filter(key -> !key.revoked())
                        .map(ApiKeyInfo::id)
                        .toList();
    }
}
