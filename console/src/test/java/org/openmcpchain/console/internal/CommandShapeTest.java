/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Runs;

/** What holds for every command. */
class CommandShapeTest {

    private static final Map<String, String> ARGUMENTS = Map.ofEntries(
            Map.entry("file", policyFile()),
            Map.entry("id", "x"),
            Map.entry("goal", "x"),
            Map.entry("name", "x"),
            Map.entry("stream", "x"),
            Map.entry("reason", "x"),
            Map.entry("key", "main"),
            Map.entry("text", "x"),
            Map.entry("mode", "STEER"),
            Map.entry("ended-before", "2026-11-20T00:00:00Z"),
            Map.entry("--scope", "--scope READ"));

    static Stream<Class<?>> commands() {
        return Shell.actions().stream().filter(Action.class::isAssignableFrom);
    }

    @Test
    void allOperationsAreThere() {
        assertThat(commands().map(CommandShapeTest::name))
                .containsExactlyInAnyOrder(
                        "task:submit",
                        "task:list",
                        "task:show",
                        "task:cancel",
                        "task:events",
                        "task:receipt",
                        "task:stats",
                        "tool:list",
                        "tool:show",
                        "market:search",
                        "market:info",
                        "market:install",
                        "market:remove",
                        "market:installed",
                        "inference:list",
                        "chain:list",
                        "chain:status",
                        "chain:transactions",
                        "chain:accounts",
                        "journal:streams",
                        "journal:show",
                        "journal:verify",
                        "journal:checkpoint",
                        "journal:checkpoints",
                        "journal:compact",
                        "journal:snapshot",
                        "journal:snapshot-list",
                        "journal:snapshot-verify",
                        "approval:list",
                        "approval:show",
                        "approval:approve",
                        "approval:reject",
                        "policy:show",
                        "policy:history",
                        "policy:set",
                        "policy:check",
                        "policy:dry-run",
                        "policy:caps",
                        "policy:cap-reset",
                        "session:list",
                        "session:show",
                        "session:create",
                        "session:send",
                        "session:history",
                        "session:mode",
                        "session:reset",
                        "session:compact",
                        "task:steer",
                        "task:interrupt",
                        "task:resume",
                        "task:collect",
                        "dead-letter:list",
                        "dead-letter:show",
                        "dead-letter:replay",
                        "dead-letter:discard",
                        "settings:list",
                        "receipt:keys",
                        "access:key-issue",
                        "access:key-list",
                        "access:key-revoke");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsItself(Class<?> command) {
        Command annotation = command.getAnnotation(Command.class);
        assertThat(annotation.description()).isNotBlank().doesNotEndWith(".");
        assertThat(annotation.detailedDescription()).isNotBlank();
        fields(command).forEach(field -> {
            Option option = field.getAnnotation(Option.class);
            Argument argument = field.getAnnotation(Argument.class);
            assertThat(option == null || !option.description().isBlank()).isTrue();
            assertThat(argument == null || !argument.description().isBlank()).isTrue();
        });
        try (Shell shell = new Shell()) {
            Shell.Result help = shell.run(name(command) + " --help");
            assertThat(help.ok()).isTrue();
            assertThat(help.out()).contains("DESCRIPTION", "--json", "DETAILS");
        }
    }

    /** Karaf leaves a reference empty only when it is optional; otherwise it takes all commands of the bundle away. */
    @ParameterizedTest
    @MethodSource("commands")
    void surviveTheirServices(Class<?> command) {
        fields(command)
                .filter(field -> field.isAnnotationPresent(Reference.class))
                .filter(field -> field.getType() != org.apache.karaf.shell.api.console.Session.class)
                .forEach(field -> assertThat(
                                field.getAnnotation(Reference.class).optional() || field.getType() == List.class)
                        .as(field.toString())
                        .isTrue());
        try (Shell shell = new Shell()) {
            Shell.Result result = shell.run(name(command) + needed(command));
            if (name(command).startsWith("chain:") && !name(command).equals("chain:transactions")) {
                assertThat(result.out()).startsWith("No ");
            } else {
                assertThat(result.ok()).isFalse();
                assertThat(result.out())
                        .startsWith("RESOURCE_GONE_FOR_NOW: ")
                        .contains("(part: ")
                        .contains(RequestError.RESOURCE_GONE_FOR_NOW.remedy());
            }
        }
    }

    @Test
    void aDefectIsOneLineWithATraceIdAndNoStackTrace() {
        Runs broken = (Runs) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runs.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("equals") ? proxy == arguments[0] : (Object) 1;
                    }
                    throw new IllegalStateException("secret-in-a-message");
                });
        try (Shell shell = new Shell(broken)) {
            Shell.Result result = shell.run("task:stats");

            assertThat(result.ok()).isFalse();
            assertThat(result.lines()).hasSize(2);
            assertThat(result.out())
                    .startsWith("HOST_FAULT: ")
                    .containsPattern("traceId: [0-9a-f]{16}")
                    .doesNotContain("secret-in-a-message");
        }
    }

    @Test
    void namesAreCompleted() {
        FakeRuns runs = new FakeRuns();
        runs.add("run-1", "one", RunState.PENDING);
        try (Shell shell = new Shell(runs)) {
            assertThat(shell.complete("task:show ")).contains("run-1");
            assertThat(shell.complete("task:list --state S")).contains("SUCCEEDED", "SCHEDULED");
            assertThat(shell.complete("task:list --has-result ")).contains("true", "false");
            assertThat(shell.complete("journal:show ")).contains("host", "run/run-1");
            assertThat(shell.complete("access:key-issue --scope ")).contains("READ", "RUN", "APPROVE", "ADMIN");
        }
    }

    @Test
    void completionIsSilentWhileServicesAreAway() {
        try (Shell shell = new Shell()) {
            assertThat(shell.complete("task:show x")).isEmpty();
            assertThat(shell.complete("tool:show x")).isEmpty();
            assertThat(shell.complete("market:install x")).isEmpty();
            assertThat(shell.complete("market:remove x")).isEmpty();
            assertThat(shell.complete("access:key-revoke x")).isEmpty();
            assertThat(shell.complete("chain:status x")).isEmpty();
            assertThat(shell.complete("approval:show x")).isEmpty();
            assertThat(shell.complete("session:show x")).isEmpty();
            assertThat(shell.complete("dead-letter:show x")).isEmpty();
            assertThat(shell.complete("journal:snapshot-verify x")).isEmpty();
            assertThat(shell.complete("policy:cap-reset x")).isEmpty();
        }
    }

    private static String policyFile() {
        try {
            return Files.writeString(Files.createTempFile("policy", ".yaml"), "rules: []")
                    .toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String needed(Class<?> command) {
        StringBuilder needed = new StringBuilder();
        fields(command).forEach(field -> {
            Option option = field.getAnnotation(Option.class);
            if (option != null && option.required()) {
                needed.insert(0, " " + ARGUMENTS.get(option.name()));
            }
            Argument argument = field.getAnnotation(Argument.class);
            if (argument != null && argument.required()) {
                needed.append(' ').append(ARGUMENTS.get(argument.name()));
            }
        });
        return needed.toString();
    }

    private static String name(Class<?> command) {
        Command annotation = command.getAnnotation(Command.class);
        return annotation.scope() + ":" + annotation.name();
    }

    private static Stream<Field> fields(Class<?> command) {
        return Stream.<Class<?>>iterate(command, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Stream.of(type.getDeclaredFields()));
    }
}
