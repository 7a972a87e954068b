/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the main job from beginning to end, on a host and a chain of its own. */
@Command(
        name = "demo",
        description = "Boots a fresh host, installs three tools while it runs, and works three goals through the API.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final List<String> TOOLS =
            List.of("org.openmcpchain.tool.oracle", "org.openmcpchain.tool.dex", "org.openmcpchain.tool.nft");
    private static final List<String> GOALS = List.of(
            "what is the price of ETH in USD?",
            "swap 0.5 ETH for USDC with at most 1 % slippage",
            "mint an NFT to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

    @Option(names = "--keep", description = "Leave the host running afterwards.")
    private boolean keep;

    @Option(names = "--json", description = "Print one JSON object at the end; progress goes to standard error.")
    private boolean json;

    private final Checkout checkout = Checkout.here();
    private final HostHome home = new HostHome(checkout.home("demo"));
    private final ObjectNode report = HostClient.JSON.createObjectNode();
    private Terminal terminal;

    @Override
    public Integer call() throws IOException {
        terminal = new Terminal(new PrintWriter(json ? System.err : System.out, true));
        HostProcess process = new HostProcess(checkout, home, terminal);
        home.running().ifPresent(process::stop);
        wipe(home.folder());

        terminal.title("1. A fresh host with a development chain");
        HostHome.Running running = process.start(0, 0);
        boolean good;
        try {
            good = show(running);
        } finally {
            if (keep) {
                terminal.title("The host goes on: " + running.url());
            } else {
                terminal.title("6. Stopping");
                terminal.fact("stopped", "in " + Terminal.seconds(process.stop(running)));
            }
        }
        if (json) {
            System.out.println(report.put("ok", good));
        } else {
            terminal.title(good ? "Everything worked." : "Something did not work: see above.");
            terminal.line("  Check a receipt again, without a host: ./openmcp verify " + checkout.shown(home.receipts())
                    + "/*.json");
        }
        return good ? 0 : 1;
    }

    private boolean show(HostHome.Running running) throws IOException {
        String key = UpCommand.takeAdminKey(home);
        if (key == null) {
            throw new CliException("the host wrote no admin key", "Look at " + checkout.shown(home.log()));
        }
        HostClient client = new HostClient(running.url(), key);
        if (terminal.await("getting ready", Duration.ofSeconds(90), client::ready) == null) {
            throw new CliException(
                    "the host did not get ready: " + client.get("/health/ready"),
                    "Look at " + checkout.shown(home.log()));
        }
        TrustedKeys.keep(client, home.trustedKeys());
        if (keep) {
            terminal.fact("admin key", key);
        }
        JsonNode provider = client.get("/providers").path("items").path(0);
        terminal.fact(
                "inference",
                provider.path("id").asText() + " (" + provider.path("label").asText() + ")");
        terminal.fact("tools", String.valueOf(client.get("/tools").path("items").size()));

        terminal.title("2. Three tools from the marketplace, while the host runs");
        install(client);

        terminal.title("3. Balances before");
        ArrayNode before = balances(client);

        terminal.title("4. Three goals");
        boolean good = true;
        for (String goal : GOALS) {
            good &= work(client, goal);
        }

        terminal.title("5. Balances after");
        report.set("before", before);
        report.set("after", balances(client));
        return good;
    }

    private void install(HostClient client) {
        for (String id : TOOLS) {
            long begun = System.nanoTime();
            JsonNode installed = client.post("/market/" + id + "/install", Map.of("grantPermissions", true));
            long millis = (System.nanoTime() - begun) / 1_000_000;
            String permissions = permissions(installed);
            terminal.fact(
                    "installed",
                    id + " " + installed.path("bundle").path("version").asText() + " in " + millis + " ms, sha256 "
                            + installed.path("bundle").path("sha256").asText().substring(0, 12) + "…"
                            + (permissions.isEmpty() ? "" : ", may send to " + permissions));
        }
    }

    private static String permissions(JsonNode installed) {
        StringBuilder text = new StringBuilder();
        for (JsonNode permission : installed.path("permissions")) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(permission.path("attributes").path("contract").asText());
        }
        return text.toString();
    }

    private ArrayNode balances(HostClient client) {
        ArrayNode all = HostClient.JSON.createArrayNode();
        for (JsonNode network : client.get("/networks").path("items")) {
            String id = network.path("id").asText();
            JsonNode account = client.get("/networks/" + HostClient.encoded(id) + "/accounts")
                    .path("items")
                    .path(0);
            terminal.fact(
                    account.path("label").asText(), account.path("address").asText() + " on " + id);
            for (JsonNode balance : account.path("balances")) {
                terminal.fact(
                        "",
                        String.format(
                                "%-6s %s",
                                balance.path("symbol").asText(),
                                balance.path("amount").asText()));
            }
            all.add(account);
        }
        return all;
    }

    private boolean work(HostClient client, String goal) throws IOException {
        terminal.line("");
        terminal.line("  \"" + goal + "\"");
        JsonNode task = client.post("/tasks", Map.of("goal", goal));
        String id = task.path("id").asText();
        client.follow(id, new EventTeller(terminal));
        JsonNode ended = client.get("/tasks/" + id);
        terminal.fact(
                "answer", ended.path("reply").asText(ended.path("errorDetail").asText("none")));
        Path receipt = home.receipts().resolve(id + ".json");
        Files.createDirectories(receipt.getParent());
        Files.writeString(receipt, client.text("/tasks/" + id + "/receipt"));
        boolean verified = verify(receipt);
        terminal.fact("receipt", checkout.shown(receipt) + (verified ? "  verified" : "  NOT VERIFIED"));
        boolean good = verified && ended.path("state").asText().equals("SUCCEEDED");
        if (!good) {
            terminal.failure(
                    ended.path("state").asText() + " " + ended.path("errorCode").asText(),
                    "Look at " + checkout.shown(home.log()));
        }
        report.withArray("tasks")
                .addObject()
                .put("goal", goal)
                .put("id", id)
                .put("state", ended.path("state").asText())
                .put("receipt", checkout.shown(receipt))
                .put("verified", verified)
                .set("transactions", ended.path("result").path("transactions"));
        return good;
    }

    /** Checks a receipt as a stranger would: another process, one jar, no host. */
    private boolean verify(Path receipt) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process verifier = new ProcessBuilder(
                        java,
                        "-jar",
                        checkout.verifier().toString(),
                        receipt.toString(),
                        "--keys",
                        home.trustedKeys().toString())
                .redirectErrorStream(true)
                .redirectOutput(home.folder().resolve("verify.log").toFile())
                .start();
        try {
            return verifier.waitFor() == 0;
        } catch (InterruptedException e) {
            verifier.destroy();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void wipe(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
