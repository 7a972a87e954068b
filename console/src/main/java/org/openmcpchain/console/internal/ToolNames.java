/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.tool.ToolCatalogue;
import org.openmcpchain.tool.ToolDescriptor;

/** Names of the tools. */
@Service
public final class ToolNames extends Candidates {

    @Reference(optional = true)
    ToolCatalogue tools;

    @Override
    Collection<String> names() {
        return tools == null
                ? List.of()
                : tools.list().stream().map(ToolDescriptor::name).toList();
    }
}
