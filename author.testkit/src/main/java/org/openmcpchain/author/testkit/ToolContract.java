/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolOperation;

/**
 * What every tool bundle must keep, whoever wrote it. A tool's module has one test class that extends this one:
 *
 * <pre>{@code
 * final class DexToolContractTest extends ToolContract {
 *     @Override
 *     protected Tool tool() {
 *         return new DexTool();
 *     }
 * }
 * }</pre>
 *
 * <p>It reads the built bundle from {@link #classes()}, so it runs after bnd has written the manifest (with the
 * bnd-maven-plugin that is so in every Maven test).
 */
public abstract class ToolContract {

    private static final Pattern TOOL_NAME = Pattern.compile("name=\"tool\\.name\"[^>]*value=\"([^\"]*)\"");

    /** The tool, made as Declarative Services would make it. */
    protected abstract Tool tool();

    /** The folder that holds the bundle's classes and its {@code META-INF/MANIFEST.MF}. */
    protected Path classes() {
        return Path.of("target", "classes");
    }

    @Test
    void offersWellDescribedOperations() {
        List<OperationShape> operations = operations();
        assertTrue(!operations.isEmpty(), "the tool has no method with @ToolOperation");
        List<String> faults = new ArrayList<>();
        operations.forEach(operation -> faults.addAll(operation.faults()));
        assertEquals(List.of(), faults);
    }

    @Test
    void namesEachOperationOnce() {
        List<String> names = operations().stream().map(OperationShape::name).toList();
        assertEquals(names.stream().distinct().toList(), names);
    }

    @Test
    void isAComponentWithALegalToolName() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path component : BundleShape.of(classes()).components()) {
            String xml = Files.readString(component);
            Matcher name = TOOL_NAME.matcher(xml);
            if (xml.contains("interface=\"" + Tool.class.getName() + "\"")
                    && xml.contains("class=\"" + tool().getClass().getName() + "\"")
                    && name.find()) {
                names.add(name.group(1));
            }
        }
        assertEquals(1, names.size(), "one component that provides Tool and carries @AgentTool");
        assertTrue(names.get(0).matches("[a-z0-9]{1,24}"), "the tool name is 1 to 24 of a-z and 0-9");
    }

    @Test
    void touchesNothingButItsContext() throws IOException {
        assertEquals(List.of(), BundleShape.of(classes()).faults());
    }

    @Test
    void asksForPermissionBeforeItSpends() throws IOException {
        boolean spends = operations().stream()
                .anyMatch(operation -> operation.operation().effect() == Effect.TRANSACTION);
        assertEquals(
                spends,
                BundleShape.of(classes()).asksForPermission(),
                "a tool has @ContractPermission exactly when it sends transactions");
    }

    private List<OperationShape> operations() {
        return Arrays.stream(tool().getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(ToolOperation.class))
                .map(OperationShape::new)
                .toList();
    }
}
