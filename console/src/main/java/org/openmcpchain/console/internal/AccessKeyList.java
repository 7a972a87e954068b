/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.access.ApiKeys;

/** {@code access:key-list}. */
@Service
@Command(
        scope = "access",
        name = "key-list",
        description = "Lists the API keys",
        detailedDescription = "Without their secrets: the host does not have them.")
public final class AccessKeyList extends ConsoleCommand {

    @Reference(optional = true)
    ApiKeys keys;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(keys, "access").list().stream().map(View::of),
                "No keys.",
                "id",
                "scopes",
                "issuedAt",
                "revoked",
                "name"));
    }
}
