/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.tool.ToolCatalogue;

/** {@code tool:list}. */
@Service
@Command(
        scope = "tool",
        name = "list",
        description = "Lists what agents can call at this moment",
        detailedDescription = "Tools come from the marketplace: see market:search and market:install.")
public final class ToolList extends ConsoleCommand {

    @Reference(optional = true)
    ToolCatalogue tools;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(tools, "tools").list().stream().map(View::of),
                "No tools. Find some with market:search.",
                "name",
                "effect",
                "bundle/symbolicName",
                "bundle/version",
                "description"));
    }
}
