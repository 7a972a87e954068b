/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.market.Provenance;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolCatalogue;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolDescriptor;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools that are plugged in at this moment. When two bring an operation of the same name, the older service keeps
 * it until it goes; so a tool can be replaced without a gap. A tool that is wrong in itself is reported in the log and
 * left out; it never harms the others.
 */
@Component(
        name = ToolRegistry.PID,
        configurationPid = ToolRegistry.PID,
        immediate = true,
        service = {ToolCatalogue.class, ToolRegistry.class})
@Designate(ocd = ToolsConfig.class)
@Capability(namespace = "openmcp.host", name = "agent", version = "1.0.0")
public final class ToolRegistry implements ToolCatalogue {

    static final String PID = "org.openmcpchain.core.agent.Tools";

    private static final Logger LOG = LoggerFactory.getLogger(ToolRegistry.class);

    private final Provenance provenance;
    private final Object changes = new Object();
    private volatile Duration drain;
    private volatile Belt belt = Belt.of(List.of());

    private record Entry(InstalledTool tool, Operation operation) {}

    /** An immutable picture: the tools by age, and which of them answers to which public name. */
    private record Belt(List<InstalledTool> tools, Map<String, Entry> byName, ToolOffer offer) {

        static Belt of(List<InstalledTool> tools) {
            List<InstalledTool> byAge = tools.stream()
                    .sorted(Comparator.comparingLong(InstalledTool::serviceId))
                    .toList();
            Map<String, Entry> byName = new TreeMap<>();
            for (InstalledTool tool : byAge) {
                for (Operation operation : tool.operations()) {
                    byName.putIfAbsent(operation.descriptor().name(), new Entry(tool, operation));
                }
            }
            List<Operation> operations =
                    byName.values().stream().map(Entry::operation).toList();
            ToolOffer offer = new ToolOffer(
                    operations.stream().map(Operation::specification).toList(),
                    operations.stream().map(Operation::digest).toList(),
                    operations.stream().mapToLong(Operation::bytes).sum());
            return new Belt(byAge, byName, offer);
        }
    }

    @Activate
    public ToolRegistry(@Reference Provenance provenance, ToolsConfig config) {
        this.provenance = provenance;
        this.drain = Duration.ofSeconds(config.drainSeconds());
    }

    @Modified
    void modified(ToolsConfig config) {
        drain = Duration.ofSeconds(config.drainSeconds());
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTool(Tool tool, Map<String, Object> properties) {
        Object name = properties.get(Tool.NAME);
        ToolInspection inspection = ToolInspection.of(name, tool, provenance.bundleOf(tool.getClass()));
        inspection.problems().forEach(problem -> LOG.warn("Tool {}: {}", name, problem));
        if (inspection.operations().isEmpty()) {
            LOG.warn("Tool {} is ignored: nothing of it can be called", name);
            return;
        }
        InstalledTool installed = new InstalledTool(
                name.toString(),
                serviceId(properties),
                inspection.operations(),
                tool.getClass().getClassLoader());
        Belt now = changed(tools -> {
            List<InstalledTool> next = new ArrayList<>(tools);
            next.add(installed);
            return next;
        });
        report(installed, now);
    }

    /** Returns when no call needs the tool any more, or the drain time is over; so DS keeps it active until then. */
    void unbindTool(Tool tool, Map<String, Object> properties) {
        long id = serviceId(properties);
        Optional<InstalledTool> gone =
                belt.tools().stream().filter(each -> each.serviceId() == id).findFirst();
        changed(tools -> tools.stream().filter(each -> each.serviceId() != id).toList());
        gone.ifPresent(installed -> {
            if (installed.retire(drain)) {
                LOG.info("Tool {} is unplugged; every call had ended", installed.name());
            } else {
                LOG.warn("Tool {} is unplugged; calls that took too long were interrupted", installed.name());
            }
        });
    }

    @Override
    public List<ToolDescriptor> list() {
        return belt.byName().values().stream()
                .map(entry -> entry.operation().descriptor())
                .toList();
    }

    @Override
    public Optional<ToolDescriptor> find(String name) {
        return Optional.ofNullable(belt.byName().get(name))
                .map(entry -> entry.operation().descriptor());
    }

    /** What models are offered now. */
    ToolOffer offer() {
        return belt.offer();
    }

    /** SHA-256 of the canonical JSON Schema of an operation. Error: {@code TOOL_UNKNOWN}. */
    String schemaHash(String name) {
        return entry(name).operation().schemaHash();
    }

    /** Errors: {@code TOOL_UNKNOWN}, {@code TOOL_ARGUMENTS_INVALID}. */
    CheckedArguments check(String name, String arguments) {
        return entry(name).operation().check(arguments);
    }

    /**
     * Calls an operation on a thread of its tool.
     *
     * <p>Errors: {@code TOOL_UNKNOWN}, {@code TOOL_GONE}.
     */
    String call(String name, CheckedArguments arguments, ToolContext context, Duration deadline)
            throws InterruptedException, TimeoutException, ExecutionException {
        Entry entry = entry(name);
        return entry.tool().call(entry.operation(), arguments, context, deadline);
    }

    /** Waits for an operation that may be on its way, for example while its bundle is being replaced. */
    boolean awaitOperation(String name, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (changes) {
            while (!belt.byName().containsKey(name)) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(changes, Math.max(left, 1_000_000));
            }
        }
        return true;
    }

    private Entry entry(String name) {
        Entry entry = belt.byName().get(name);
        if (entry == null) {
            throw HostException.of(ToolError.TOOL_UNKNOWN, "tool", Texts.bounded(name, 64));
        }
        return entry;
    }

    private Belt changed(UnaryOperator<List<InstalledTool>> change) {
        synchronized (changes) {
            belt = Belt.of(change.apply(belt.tools()));
            changes.notifyAll();
            return belt;
        }
    }

    private static void report(InstalledTool installed, Belt now) {
        for (Operation operation : installed.operations()) {
            String name = operation.descriptor().name();
            if (now.byName().get(name).operation() != operation) {
                LOG.warn("Tool {}: {} is taken by an older tool until that one goes", installed.name(), name);
            }
        }
        LOG.info(
                "Tool {} is plugged in with {} operations",
                installed.name(),
                installed.operations().size());
    }

    private static long serviceId(Map<String, Object> properties) {
        return (Long) properties.get("service.id");
    }
}
