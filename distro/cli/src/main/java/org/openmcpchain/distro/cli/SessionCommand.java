/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks to an agent. */
@Command(
        name = "session",
        description = "Talks to an agent in a session: main, dm/NAME, group/NAME, thread/NAME, or with"
                + " WORKSPACE/AGENT/ in front.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class SessionCommand implements Runnable {

    private static final String DEFAULT = "default";
    /** What is for the session and not for an agent has no run to wait for. */
    private static final Set<String> COMMANDS = Set.of("/new", "/reset", "/compact");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    @Command(name = "list", description = "Lists the sessions.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOption api) {
        JsonNode page = api.client().get("/sessions?limit=200");
        if (api.json()) {
            Terminal.standard().line(page.toString());
        } else {
            page.path("items").forEach(SessionCommand::tell);
        }
        return 0;
    }

    @Command(name = "show", description = "Shows a session.", mixinStandardHelpOptions = true)
    int show(@Mixin ApiOption api, @Parameters(paramLabel = "KEY") String key) {
        JsonNode session = api.client().get(path(key));
        if (api.json()) {
            Terminal.standard().line(session.toString());
        } else {
            tell(session);
        }
        return 0;
    }

    @Command(
            name = "send",
            description = "Says something and waits for the answer. /new, /reset and /compact are commands.",
            mixinStandardHelpOptions = true)
    int send(
            @Mixin ApiOption api,
            @Parameters(index = "0", paramLabel = "KEY") String key,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "TEXT") List<String> text,
            @Option(
                            names = "--mode",
                            description = "What it does while a run is at work: STEER, FOLLOW_UP, COLLECT, INTERRUPT or"
                                    + " REFUSE (default: the session's mode).")
                    String mode,
            @Option(names = "--client-id", description = "The same id with the same text and mode is the same message.")
                    String clientId,
            @Option(names = "--no-wait", description = "Does not wait for the answer; nor does --json.")
                    boolean noWait) {
        Map<String, String> body = new LinkedHashMap<>(Map.of("text", String.join(" ", text)));
        if (mode != null) {
            body.put("mode", mode);
        }
        if (clientId != null) {
            body.put("clientId", clientId);
        }
        HostClient client = api.client();
        JsonNode accepted = client.post(path(key) + "/messages", body);
        Terminal terminal = Terminal.standard();
        if (api.json()) {
            terminal.line(accepted.toString());
            return 0;
        }
        String run = accepted.path("run").asText("");
        long message = accepted.path("message").asLong();
        String effect = accepted.path("effect").asText();
        terminal.line("message " + message + ": " + effect + (run.isEmpty() ? "" : ", run " + run));
        boolean isCommand = COMMANDS.contains(String.join(" ", text).strip());
        // Of a message that interrupts, the run is the one that it has interrupted.
        String started = effect.equals("STARTED") ? run : "";
        return noWait || isCommand ? 0 : new MessageFollower(client, terminal, path(key), message).follow(started);
    }

    @Command(name = "history", description = "Prints what happened, oldest first.", mixinStandardHelpOptions = true)
    int history(
            @Mixin ApiOption api,
            @Parameters(paramLabel = "KEY") String key,
            @Option(names = "--after", defaultValue = "0", description = "Only what came behind this number.")
                    long after) {
        JsonNode page = api.client().get(path(key) + "/history?limit=1000&after=" + after);
        if (api.json()) {
            Terminal.standard().line(page.toString());
        } else {
            page.path("items").forEach(turn -> Terminal.standard()
                    .line(Plain.line(String.format(
                            "%4d  %-10s  %s  %s",
                            turn.path("seq").asLong(),
                            turn.path("kind").asText(),
                            turn.path("principal").asText(turn.path("run").asText("")),
                            turn.path("text").asText("")))));
        }
        return 0;
    }

    @Command(name = "mode", description = "Changes the mode of a session.", mixinStandardHelpOptions = true)
    int mode(
            @Mixin ApiOption api,
            @Parameters(index = "0", paramLabel = "KEY") String key,
            @Parameters(index = "1", paramLabel = "MODE") String mode) {
        JsonNode session = api.client().put(path(key) + "/mode", Map.of("mode", mode));
        if (api.json()) {
            Terminal.standard().line(session.toString());
        } else {
            tell(session);
        }
        return 0;
    }

    private static void tell(JsonNode session) {
        String run = session.path("activeRun").asText("");
        Terminal.standard()
                .line(session.path("key").asText() + "  " + session.path("mode").asText() + "  "
                        + session.path("messages").asText() + " messages, "
                        + session.path("pending").asText() + " wait" + (run.isEmpty() ? "" : ", run " + run));
    }

    /** The path of a session; the API takes the whole form of its key only. */
    static String path(String key) {
        List<String> parts = new ArrayList<>();
        for (String part : key.strip().toLowerCase(Locale.ROOT).split("/", -1)) {
            parts.add(part.strip());
        }
        int last = parts.size() - 1;
        int kindAt = last < 3 && parts.get(last).equals("main") ? last : last - 1;
        if (kindAt < 0 || kindAt > 2) {
            throw new CliException(
                    "this is no session key: " + key,
                    "Use [workspace/][agent/]main, dm/<id>, group/<id> or thread/<id>");
        }
        while (kindAt < 2) {
            parts.add(0, DEFAULT);
            kindAt++;
        }
        return "/sessions/" + parts.stream().map(HostClient::encoded).collect(Collectors.joining("/"));
    }
}
