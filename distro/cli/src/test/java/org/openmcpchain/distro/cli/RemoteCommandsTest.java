/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that speak to a host, against a server that only writes down what it is asked. */
class RemoteCommandsTest {

    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private String[] where;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path key = Files.writeString(folder.resolve("key"), "omk_secret\n");
        where = new String[] {
            "--url", "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/", "--key-file", key.toString()
        };
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String line = exchange.getRequestMethod() + " "
                + exchange.getRequestURI().toString().replace("/api/v1", "");
        asked.add(line + (body.isEmpty() ? "" : " " + body));
        boolean allowed =
                "Bearer omk_secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String given = answers.get(line.replaceAll("\\?.*", ""));
        byte[] bytes = (given == null
                        ? "{\"code\":\"APPROVAL_UNKNOWN\",\"title\":\"none\",\"remedy\":\"look\"}"
                        : given)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(!allowed ? 401 : given == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private record Result(int code, String out, String err) {}

    private Result run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            List<String> all = new ArrayList<>(Arrays.asList(arguments));
            all.addAll(Arrays.asList(where));
            int code = OpenMcp.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
            return new Result(code, out.toString(StandardCharsets.UTF_8).stripTrailing(), err.toString());
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void whatWaitsIsListedWithoutWhatSteersATerminal() {
        answers.put(
                "GET /approvals",
                "{\"items\":[{\"id\":\"a1\",\"state\":\"PENDING\",\"summary\":\"swap \\u001b[31m red\"}]}");

        assertThat(run("approvals").out()).isEqualTo("a1  PENDING  swap ?[31m red");
        assertThat(asked).containsExactly("GET /approvals?limit=200&state=PENDING");
        answers.put("GET /approvals", "{\"items\":[]}");
        assertThat(run("approvals", "--state", "USED,EXPIRED").out()).isEqualTo("Nothing waits for an approval.");
        assertThat(asked.get(1)).endsWith("state=USED%2CEXPIRED");
    }

    @Test
    void exactlyWhatWasShownIsApproved() {
        answers.put(
                "GET /approvals/a1",
                "{\"intentHash\":\"h1\",\"summary\":\"alice wants to swap\",\"lines\":[\"0: swaps\"],\"rule\":\"r\"}");
        answers.put(
                "POST /approvals/a1/approve", "{\"state\":\"PENDING\",\"required\":2,\"votes\":[{\"approves\":true}]}");

        Result result = run("approve", "a1", "--yes", "--comment", "ok");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .startsWith("alice wants to swap", "  0: swaps")
                .endsWith("PENDING, 1 of 2");
        assertThat(asked.get(1)).startsWith("POST /approvals/a1/approve").contains("\"intentHash\":\"h1\"", "\"ok\"");
    }

    @Test
    void nothingIsApprovedWhereNobodyCanBeAsked() {
        org.junit.jupiter.api.Assumptions.assumeTrue(System.console() == null, "a person sits at this test");
        answers.put("GET /approvals/a1", "{\"intentHash\":\"h1\",\"summary\":\"s\"}");

        Result result = run("approve", "a1");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("nobody can be asked here");
        assertThat(asked).containsExactly("GET /approvals/a1");
    }

    @Test
    void aNoTakesItsReasonAlong() {
        answers.put("POST /approvals/a1/reject", "{\"state\":\"REJECTED\"}");

        assertThat(run("reject", "a1", "not", "this contract").out()).isEqualTo("REJECTED");
        assertThat(asked).containsExactly("POST /approvals/a1/reject {\"reason\":\"not this contract\"}");
        assertThat(run("reject", "a1").code()).isEqualTo(2);
    }

    @Test
    void whatTheHostRefusesIsToldWithItsRemedy() {
        Result result = run("reject", "nope", "because");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("APPROVAL_UNKNOWN: none", "look.");
    }

    @Test
    void aPolicyIsReplacedFromTheVersionThatWasRead() throws IOException {
        Path draft = Files.writeString(folder.resolve("policy.yaml"), "rules: []\n");
        answers.put("GET /policy", "{\"version\":3,\"label\":\"3-ab\",\"text\":\"rules: []\\n# end\\u001b\\n\"}");
        answers.put("PUT /policy", "{\"label\":\"4-cd\"}");
        answers.put("POST /policy/check", "{\"valid\":false,\"problems\":[\"line 1: no rules\"]}");

        assertThat(run("policy", "show").out()).isEqualTo("rules: []" + System.lineSeparator() + "# end?");
        assertThat(run("policy", "set", draft.toString()).out()).isEqualTo("In force: 4-cd");
        assertThat(asked).last().asString().contains("\"expectedVersion\":3", "\"text\":\"rules: []\\n\"");
        run("policy", "set", draft.toString(), "--expect", "1");
        assertThat(asked).last().asString().contains("\"expectedVersion\":1");
        Result check = run("policy", "check", draft.toString());
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).isEqualTo("line 1: no rules");
        assertThat(run("policy", "check", "none.yaml").err()).contains("none.yaml cannot be read");
    }

    @Test
    void thePastIsJudgedByADraft() throws IOException {
        Path draft = Files.writeString(folder.resolve("policy.yaml"), "rules: []\n");
        answers.put(
                "POST /policy/dry-run",
                "{\"judged\":10,\"same\":9,\"changed\":[{\"at\":\"t\",\"stream\":\"run/r\",\"point\":\"SIGN\","
                        + "\"subject\":\"dex_swap\",\"was\":\"ALLOW\",\"would\":\"DENY\",\"reason\":\"no rule\"}]}");
        answers.put(
                "GET /policy/caps",
                "{\"items\":[{\"cap\":\"c\",\"holder\":\"*\",\"settled\":\"2\","
                        + "\"reserved\":\"1\",\"limit\":\"9\",\"unit\":\"gas\",\"blown\":true}]}");
        answers.put("GET /policy/history", "{\"items\":[{\"label\":\"3-ab\",\"at\":\"t\",\"principal\":\"admin\"}]}");

        assertThat(run("policy", "dry-run", draft.toString(), "--run", "r")
                        .out()
                        .lines())
                .containsExactly("t  run/r  SIGN dex_swap  ALLOW -> DENY  no rule", "10 decisions, 9 the same.");
        assertThat(asked).last().asString().contains("\"run\":\"r\"").doesNotContain("since");
        assertThat(run("policy", "caps").out()).isEqualTo("c  *  settled 2, reserved 1 of 9 gas  BLOWN");
        assertThat(run("policy", "history").out()).isEqualTo("3-ab  t  admin");
    }

    @Test
    void aMessageGoesToItsSession() {
        answers.put(
                "POST /sessions/default/default/dm/bob/messages",
                "{\"message\":2,\"effect\":\"STARTED\",\"run\":\"r1\"}");
        answers.put(
                "GET /sessions/default/default/main/history",
                "{\"items\":[{\"seq\":4,\"kind\":\"message\",\"principal\":\"bob\",\"text\":\"hi\\u0007\"}]}");
        answers.put("PUT /sessions/default/default/main/mode", "{\"key\":\"default/default/main\",\"mode\":\"STEER\"}");

        assertThat(run(
                                "session",
                                "send",
                                "DM/Bob",
                                "hello",
                                "there",
                                "--mode",
                                "COLLECT",
                                "--client-id",
                                "c1",
                                "--no-wait")
                        .out())
                .isEqualTo("message 2: STARTED, run r1");
        assertThat(asked)
                .last()
                .asString()
                .contains("\"text\":\"hello there\"", "\"mode\":\"COLLECT\"", "\"clientId\":\"c1\"");
        assertThat(run("session", "history", "main").out()).isEqualTo("   4  message     bob  hi?");
        assertThat(run("session", "mode", "main", "STEER").out()).startsWith("default/default/main  STEER");
        assertThat(run("session", "send", "bob", "x").err()).contains("this is no session key: bob");
    }

    @Test
    void aMessageIsFollowedToItsAnswer() throws Exception {
        answers.put("POST /sessions/default/default/main/messages", "{\"message\":7,\"effect\":\"QUEUED\"}");
        answers.put(
                "GET /sessions/default/default/main/history",
                "{\"items\":[{\"seq\":8,\"kind\":\"turn\",\"run\":\"r6\",\"messages\":[6]},"
                        + "{\"seq\":9,\"kind\":\"turn\",\"run\":\"r7\",\"messages\":[7]}]}");
        answers.put(
                "GET /tasks/r7/events",
                """
                event: approval.requested
                data: {"body":{}}

                event: tool.returned
                data: {"body":{"outcome":"OK"}}
                """);
        answers.put("GET /tasks/r7", "{\"state\":\"SUCCEEDED\",\"reply\":\"It is done.\\u0007\"}");

        Result good = run("session", "send", "main", "do it");

        assertThat(good.code()).isZero();
        assertThat(good.out())
                .contains(
                        "message 7: QUEUED",
                        "waits        for a person",
                        "outcome      OK",
                        "answer       It is done.?");

        answers.put("GET /tasks/r7", "{\"state\":\"FAILED\",\"errorDetail\":\"no\"}");
        assertThat(run("session", "send", "main", "do it").code()).isEqualTo(1);
        answers.put("POST /sessions/default/default/main/messages", "{\"message\":8,\"effect\":\"COMMAND\"}");
        assertThat(run("session", "send", "main", "/new").out()).isEqualTo("message 8: COMMAND");
    }

    @Test
    void aMessageThatInterruptsIsFollowedInItsOwnRun() {
        answers.put(
                "POST /sessions/default/default/main/messages",
                "{\"message\":7,\"effect\":\"INTERRUPTED\",\"run\":\"r6\"}");
        answers.put(
                "GET /sessions/default/default/main/history",
                "{\"items\":[{\"seq\":9,\"kind\":\"turn\",\"run\":\"r7\",\"messages\":[7]}]}");
        answers.put("GET /tasks/r7/events", "");
        answers.put("GET /tasks/r7", "{\"state\":\"SUCCEEDED\",\"reply\":\"mine\"}");

        assertThat(run("session", "send", "main", "stop", "--mode", "INTERRUPT").out())
                .contains("INTERRUPTED, run r6", "answer       mine");
    }

    @Test
    void aMessageThatGetsNoRunIsAnswered() {
        answers.put("POST /sessions/default/default/main/messages", "{\"message\":7,\"effect\":\"QUEUED\"}");
        answers.put(
                "GET /sessions/default/default/main/history",
                "{\"items\":[{\"seq\":9,\"kind\":\"answer\",\"text\":\"no\\u009b2J\",\"messages\":[7]}]}");

        Result result = run("session", "send", "main", "go");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).endsWith("answer       no?2J");
    }

    @Test
    void whatAModelWantsDoesNotSteerTheTerminal() {
        answers.put(
                "POST /sessions/default/default/main/messages",
                "{\"message\":7,\"effect\":\"STARTED\",\"run\":\"r7\"}");
        answers.put(
                "GET /tasks/r7/events",
                "event: tool.selected\ndata: {\"body\":{\"tool\":\"t\",\"arguments\":\"\u009b2J\u202e\"}}\n\n");
        answers.put("GET /tasks/r7", "{\"state\":\"SUCCEEDED\"}");

        assertThat(run("session", "send", "main", "go").out()).contains("call         t ?2J?");
    }

    @ParameterizedTest
    @CsvSource({
        "main, default/default/main",
        "trader/main, default/trader/main",
        "desk/trader/thread/T1, desk/trader/thread/t1",
        "desk/trader/dm/main, desk/trader/dm/main",
        "dm/b@x, default/default/dm/b%40x"
    })
    void shortKeysBecomeWholeOnes(String key, String path) {
        assertThat(SessionCommand.path(key)).isEqualTo("/sessions/" + path);
    }

    @Test
    void withoutAKeyNothingIsSent() {
        org.junit.jupiter.api.Assumptions.assumeTrue(System.getenv("OPENMCP_API_KEY") == null, "a key is set");
        where = new String[] {"--url", where[1], "--home", folder.toString()};

        Result result = run("approvals");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("no API key is given");
        assertThat(asked).isEmpty();
    }
}
