/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.openmcpchain.core.lease.DeadlineCall;
import org.openmcpchain.core.lease.PluggedPart;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.tool.ToolContext;

/** A tool that is plugged in: its operations, and the part they run in. */
final class InstalledTool {

    private final String name;
    private final long serviceId;
    private final List<Operation> operations;
    private final PluggedPart part;

    InstalledTool(String name, long serviceId, List<Operation> operations, ClassLoader loader) {
        this.name = name;
        this.serviceId = serviceId;
        this.operations = operations;
        this.part = new PluggedPart("tool-" + name, loader);
    }

    String name() {
        return name;
    }

    long serviceId() {
        return serviceId;
    }

    List<Operation> operations() {
        return operations;
    }

    /**
     * Calls one of the operations on a thread of the tool.
     *
     * <p>Errors: {@code TOOL_GONE}; otherwise what the call threw is the cause of the {@link ExecutionException}.
     */
    String call(Operation operation, CheckedArguments arguments, ToolContext context, Duration deadline)
            throws InterruptedException, TimeoutException, ExecutionException {
        return begin(operation, arguments, context).await(deadline);
    }

    /** Lets the tool go; see {@link PluggedPart#retire}. */
    boolean retire(Duration patience) {
        return part.retire(patience);
    }

    private DeadlineCall<String> begin(Operation operation, CheckedArguments arguments, ToolContext context) {
        try (PluggedPart.Hold hold = part.hold().orElseThrow(this::gone)) {
            return hold.begin(() -> operation.call(arguments, context));
        } catch (RejectedExecutionException e) {
            throw gone();
        }
    }

    private HostException gone() {
        return HostException.of(ToolError.TOOL_GONE, "tool", name);
    }
}
