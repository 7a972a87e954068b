/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.access.ApiKeys;
import org.openmcpchain.access.IssuedKey;
import org.openmcpchain.access.Scope;

/** {@code access:key-issue}. */
@Service
@Command(
        scope = "access",
        name = "key-issue",
        description = "Issues an API key",
        detailedDescription =
                "The key is printed once, here and nowhere else; the host keeps its hash only. READ allows"
                        + " reading, RUN also submitting and cancelling, APPROVE answering"
                        + " what the policy puts before people, ADMIN everything.\n\n"
                        + "    access:key-issue --scope RUN my-bot")
public final class AccessKeyIssue extends ConsoleCommand {

    @Reference(optional = true)
    ApiKeys keys;

    @Argument(index = 0, name = "name", description = "Whom it is for", required = true)
    String name;

    @Option(name = "--scope", description = "READ, RUN, APPROVE or ADMIN, several with commas", required = true)
    @Completion(Scopes.class)
    String scope;

    @Override
    void run(Screen screen) {
        IssuedKey issued = present(keys, "access").issue(name, Input.words(Scope.class, "scope", scope), principal());
        ObjectNode view = Json.object().put("key", issued.key());
        view.set("info", View.of(issued.info()));
        screen.show(view);
        screen.note("Keep the key now; it cannot be shown again.");
    }
}
