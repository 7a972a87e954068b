/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an agent can call. A tool is a Declarative Services component that is registered under this type, carries
 * {@link AgentTool}, and has public methods with {@link ToolOperation}:
 *
 * <pre>{@code
 * @Component(service = Tool.class)
 * @AgentTool(name = "dex")
 * public final class DexTool implements Tool {
 *     @ToolOperation(name = "quote", description = "Says what a swap would bring.")
 *     public Quote quote(QuoteRequest request, ToolContext context) { … }
 * }
 * }</pre>
 *
 * <p>Requests and results are records; the host derives the JSON Schema of a request from its components and their
 * {@link Param} annotations, checks arguments against it before the method runs, and turns the result into JSON. A tool
 * must be thread-safe. It ends a call that cannot succeed with a {@link ToolException}; anything else that it throws is
 * reported as its defect. It holds no key, socket or file: what it may use comes with the {@link ToolContext}.
 */
@ConsumerType
public interface Tool {

    /** Service property: the tool's name, set by {@link AgentTool}. */
    String NAME = "tool.name";
}
