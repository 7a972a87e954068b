/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.ApiKeys;

/** {@code access:key-revoke}. */
@Service
@Command(
        scope = "access",
        name = "key-revoke",
        description = "Revokes an API key at once",
        detailedDescription = "Calls that present it are refused from now on. There is no way back; issue another one.")
public final class AccessKeyRevoke extends ConsoleCommand {

    @Reference(optional = true)
    ApiKeys keys;

    @Argument(index = 0, name = "id", description = "The id of the key", required = true)
    @Completion(KeyIds.class)
    String id;

    @Override
    void run(Screen screen) {
        ApiKeyInfo key = present(keys, "access").revoke(id, principal());
        screen.line("revoked " + key.id() + "  " + key.name(), View.of(key));
    }
}
