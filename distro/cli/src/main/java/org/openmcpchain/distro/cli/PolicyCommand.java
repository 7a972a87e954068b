/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads and changes the policy. */
@Command(
        name = "policy",
        description = "Shows, checks, tries out or changes the policy.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    @Command(name = "show", description = "Shows the policy in force, or a version.", mixinStandardHelpOptions = true)
    int show(@Mixin ApiOption api, @Parameters(arity = "0..1", paramLabel = "VERSION") Long version) {
        JsonNode policy = api.client().get("/policy" + (version == null ? "" : "/" + version));
        Terminal.standard()
                .line(
                        api.json()
                                ? policy.toString()
                                : Plain.lines(policy.path("text").asText()));
        return 0;
    }

    @Command(name = "history", description = "Lists the versions, newest first.", mixinStandardHelpOptions = true)
    int history(@Mixin ApiOption api) {
        JsonNode history = api.client().get("/policy/history");
        if (api.json()) {
            Terminal.standard().line(history.toString());
        } else {
            history.path("items").forEach(one -> Terminal.standard()
                    .line(one.path("label").asText() + "  " + one.path("at").asText() + "  "
                            + Plain.line(one.path("principal").asText())));
        }
        return 0;
    }

    @Command(
            name = "check",
            description = "Says what is wrong with a draft; ends with 1 when something is.",
            mixinStandardHelpOptions = true)
    int check(@Mixin ApiOption api, @Parameters(paramLabel = "FILE") Path file) {
        JsonNode check = api.client().post("/policy/check", Map.of("text", text(file)));
        if (api.json()) {
            Terminal.standard().line(check.toString());
        } else if (check.path("valid").asBoolean()) {
            Terminal.standard().line("The draft is fit.");
        } else {
            check.path("problems").forEach(problem -> Terminal.standard().line(Plain.line(problem.asText())));
        }
        return check.path("valid").asBoolean() ? 0 : 1;
    }

    @Command(
            name = "set",
            description = "Puts a policy in force, unless somebody else has changed it meanwhile.",
            mixinStandardHelpOptions = true)
    int set(
            @Mixin ApiOption api,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--expect",
                            paramLabel = "VERSION",
                            description = "The version that the draft was made from (default: the one in force).")
                    Long expected) {
        HostClient client = api.client();
        String text = text(file);
        long from = expected == null ? client.get("/policy").path("version").asLong() : expected;
        JsonNode policy = client.put("/policy", Map.of("expectedVersion", from, "text", text));
        Terminal.standard()
                .line(
                        api.json()
                                ? policy.toString()
                                : "In force: " + policy.path("label").asText());
        return 0;
    }

    @Command(
            name = "dry-run",
            description = "Says which decisions of the past a draft would have changed. Nothing is carried out.",
            mixinStandardHelpOptions = true)
    int dryRun(
            @Mixin ApiOption api,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--run", paramLabel = "ID", description = "Only decisions about this run.") String run,
            @Option(names = "--since", paramLabel = "TIME", description = "Only decisions from this ISO-8601 time on.")
                    String since,
            @Option(names = "--until", paramLabel = "TIME", description = "Only decisions before this ISO-8601 time.")
                    String until) {
        Map<String, String> body = new LinkedHashMap<>(Map.of("text", text(file)));
        putIfGiven(body, "run", run);
        putIfGiven(body, "since", since);
        putIfGiven(body, "until", until);
        JsonNode result = api.client().post("/policy/dry-run", body);
        Terminal terminal = Terminal.standard();
        if (api.json()) {
            terminal.line(result.toString());
            return 0;
        }
        result.path("changed")
                .forEach(change -> terminal.line(Plain.line(change.path("at").asText() + "  "
                        + change.path("stream").asText() + "  "
                        + change.path("point").asText() + " "
                        + change.path("subject").asText() + "  "
                        + change.path("was").asText() + " -> "
                        + change.path("would").asText() + "  "
                        + change.path("reason").asText())));
        terminal.line(result.path("judged").asText() + " decisions, "
                + result.path("same").asText() + " the same.");
        return 0;
    }

    @Command(name = "caps", description = "Lists the caps with their use now.", mixinStandardHelpOptions = true)
    int caps(@Mixin ApiOption api) {
        JsonNode caps = api.client().get("/policy/caps");
        if (api.json()) {
            Terminal.standard().line(caps.toString());
        } else {
            caps.path("items").forEach(cap -> Terminal.standard()
                    .line(Plain.line(
                            cap.path("cap").asText() + "  " + cap.path("holder").asText()
                                    + "  settled " + cap.path("settled").asText() + ", reserved "
                                    + cap.path("reserved").asText() + " of "
                                    + cap.path("limit").asText() + " "
                                    + cap.path("unit").asText()
                                    + (cap.path("blown").asBoolean() ? "  BLOWN" : ""))));
        }
        return 0;
    }

    private static void putIfGiven(Map<String, String> body, String name, String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CliException(file + " cannot be read", "Check the path; a policy is a text file in UTF-8");
        }
    }
}
