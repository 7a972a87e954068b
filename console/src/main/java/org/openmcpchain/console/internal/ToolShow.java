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
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.tool.ToolCatalogue;

/** {@code tool:show}. */
@Service
@Command(
        scope = "tool",
        name = "show",
        description = "Shows a tool",
        detailedDescription =
                "What it does, what it changes, the JSON Schema of its arguments, and goals that it fulfils.")
public final class ToolShow extends ConsoleCommand {

    @Reference(optional = true)
    ToolCatalogue tools;

    @Argument(index = 0, name = "name", description = "The name of the tool, for example dex_swap", required = true)
    @Completion(ToolNames.class)
    String name;

    @Override
    void run(Screen screen) {
        screen.show(present(tools, "tools")
                .find(name)
                .map(View::of)
                .orElseThrow(() -> HostException.of(ToolError.TOOL_UNKNOWN, "name", name)));
    }
}
