/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.Receipts;
import org.openmcpchain.run.RunState;

class TaskCommandsTest {

    private final FakeRuns runs = new FakeRuns();
    private final FakeJournal journal = new FakeJournal();
    private final Receipts receipts = id -> runs.stored.get(id).state().isTerminal()
            ? Optional.of(new Receipt(id, "d".repeat(64), "k", "{\"payload\": \"as it was made\"}"))
            : Optional.empty();
    private final Shell shell = new Shell(runs, journal, receipts);

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void submitPrintsTheIdAndNothingElse() {
        Shell.Result result = shell.run("task:submit --client-id c-1 \"swap 0.5 ETH for USDC\"");

        assertThat(result.out()).isEqualTo("run-1");
        assertThat(runs.submitted.goal()).isEqualTo("swap 0.5 ETH for USDC");
        assertThat(runs.submitted.clientId()).contains("c-1");
        assertThat(runs.submitted.principal()).isEqualTo("console:karaf");
    }

    @Test
    void submitTakesTheUserFromTheLoginAndNotFromAVariable() {
        shell.session().put("USER", "somebody-else");

        shell.run("task:submit hello");

        assertThat(runs.submitted.principal()).isEqualTo("console:karaf");
    }

    @Test
    void submitJoinsWordsWithoutQuotes() {
        shell.run("task:submit mint token 7");

        assertThat(runs.submitted.goal()).isEqualTo("mint token 7");
    }

    @Test
    void submitRefusesAnOptionBehindTheGoal() {
        Shell.Result result = shell.run("task:submit mint token 7 --json");

        assertThat(result.ok()).isFalse();
        assertThat(result.out()).startsWith("REQUEST_INVALID: ").contains("put options in front of it");
        assertThat(runs.submitted).isNull();
    }

    @Test
    void submitThatFollowsPrintsStepsAndReply() throws Exception {
        CompletableFuture<Shell.Result> command =
                CompletableFuture.supplyAsync(() -> shell.run("task:submit -f \"price of ETH\""));
        await().until(() -> !journal.subscribers.isEmpty());
        runs.end("run-1", RunState.SUCCEEDED, null);
        journal.append("run/run-1", EntryTypes.RUN_ENDED, Map.of("state", "SUCCEEDED"));

        Shell.Result result = command.get();

        assertThat(result.ok()).isTrue();
        assertThat(result.lines()).first().isEqualTo("run run-1");
        assertThat(result.out()).contains("run.ended").endsWith("ETH costs 3,000 USD.");
        assertThat(journal.subscribers).isEmpty();
    }

    @Test
    void submitThatFollowsFailsWhenTheRunDoes() throws Exception {
        CompletableFuture<Shell.Result> command =
                CompletableFuture.supplyAsync(() -> shell.run("task:submit -f \"price of ETH\""));
        await().until(() -> !journal.subscribers.isEmpty());
        runs.end("run-1", RunState.FAILED, RunError.RUN_NO_TOOL.name());
        journal.append("run/run-1", EntryTypes.RUN_ENDED, Map.of("state", "FAILED"));

        Shell.Result result = command.get();

        assertThat(result.ok()).isFalse();
        assertThat(result.out())
                .contains("RUN_NO_TOOL: No installed tool fits the goal: something broke (run: run-1)")
                .contains(RunError.RUN_NO_TOOL.remedy());
    }

    @Test
    void listShowsATableAndPassesItsFilters() {
        runs.add("run-1", "price of ETH", RunState.SUCCEEDED);

        Shell.Result result = shell.run("task:list --state failed,SUCCEEDED --since 2026-11-20T00:00:00Z"
                + " --has-result true --text ETH --oldest-first --limit 5");

        assertThat(result.lines()).first().asString().matches("id +. state +. created at +. principal +. goal *");
        assertThat(result.lines()).last().asString().startsWith("run-1").contains("SUCCEEDED", "price of ETH");
        assertThat(runs.asked.states()).isEqualTo(Set.of(RunState.FAILED, RunState.SUCCEEDED));
        assertThat(runs.asked.hasResult()).contains(true);
        assertThat(runs.asked.newestFirst()).isFalse();
        assertThat(runs.asked.limit()).isEqualTo(5);
    }

    @Test
    void listTellsWhereToGoOn() {
        runs.add("run-1", "one", RunState.PENDING);
        runs.add("run-2", "two", RunState.PENDING);

        assertThat(shell.run("task:list --limit 1").out()).endsWith("2 in all; go on with --offset 1.");
        assertThat(shell.run("task:list --limit 1 --json").json())
                .isEqualTo(Json.parse("{\"items\":[" + Json.line(View.of(runs.stored.get("run-1")))
                        + "],\"total\":2,\"nextOffset\":1}"));
    }

    @Test
    void listOfNothingSaysSo() {
        assertThat(shell.run("task:list").out()).isEqualTo("No runs.");
    }

    @Test
    void listRefusesWhatMakesNoSense() {
        for (String option : new String[] {
            "--limit 0", "--limit 201", "--offset -1", "--state SLEEPING", "--since yesterday", "--has-result perhaps"
        }) {
            Shell.Result result = shell.run("task:list " + option);
            assertThat(result.ok()).as(option).isFalse();
            assertThat(result.out()).as(option).startsWith("REQUEST_INVALID: ").contains("Correct the named field");
        }
    }

    @Test
    void aGoalCannotSteerTheTerminal() {
        runs.add("run-1", "red \u001b[31m and \u202e turned", RunState.PENDING);

        assertThat(shell.run("task:list").out())
                .doesNotContain("\u001b[31m", "\u202e")
                .contains("red ?[31m and ? turned");
        assertThat(shell.run("task:show --json run-1").json().get("goal").asText())
                .contains("\u001b[31m");
    }

    @Test
    void showPrintsEachFieldOnALine() {
        runs.add("run-1", "price of ETH", RunState.SUCCEEDED);

        assertThat(shell.run("task:show run-1").lines())
                .contains("id          run-1", "reply       ETH costs 3,000 USD.", "result      outcome=OK")
                .noneMatch(line -> line.startsWith("error"));
    }

    @Test
    void showOfAnUnknownRunSaysWhatToDo() {
        Shell.Result result = shell.run("task:show nope");

        assertThat(result.ok()).isFalse();
        assertThat(result.lines())
                .containsExactly(
                        "RUN_UNKNOWN: There is no run with this id (id: nope)",
                        "  " + RunError.RUN_UNKNOWN.remedy() + ".");
    }

    @Test
    void anErrorForAProgramIsJson() {
        Shell.Result result = shell.run("task:show --json nope");

        assertThat(result.ok()).isFalse();
        assertThat(result.json().get("code").asText()).isEqualTo("RUN_UNKNOWN");
        assertThat(result.json().at("/params/id").asText()).isEqualTo("nope");
        assertThat(result.json().get("remedy").asText()).isEqualTo(RunError.RUN_UNKNOWN.remedy());
    }

    @Test
    void cancelNamesWhoAndWhy() {
        runs.add("run-1", "price of ETH", RunState.RUNNING);

        assertThat(shell.run("task:cancel --reason \"wrong network\" run-1").out())
                .isEqualTo("run-1  CANCELLED");
        assertThat(runs.cancelled).isEqualTo("run-1 by console:karaf: wrong network");
        assertThat(shell.run("task:cancel run-1").out()).startsWith("RUN_TRANSITION_ILLEGAL: ");
    }

    @Test
    void eventsPrintsOneLineForEachEntry() {
        runs.add("run-1", "price of ETH", RunState.RUNNING);
        journal.append("run/run-1", EntryTypes.RUN_SUBMITTED, Map.of("goal", "price of ETH"));
        journal.append("run/run-1", EntryTypes.RUN_STATE, Map.of("from", "PENDING", "to", "RUNNING"));

        assertThat(shell.run("task:events run-1").lines())
                .containsExactly(
                        "   1  2026-11-20T10:00:00.123Z  run.submitted         goal=price of ETH",
                        "   2  2026-11-20T10:00:00.123Z  run.state             from=PENDING to=RUNNING");
        assertThat(shell.run("task:events --after 1 --json run-1")
                        .json()
                        .get("seq")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void eventsLeavesHashesAndLongTextsToPrograms() {
        runs.add("run-1", "price of ETH", RunState.RUNNING);
        journal.append(
                "run/run-1",
                EntryTypes.TOOL_RETURNED,
                Map.of("resultHash", "abc", "result", "x".repeat(500), "tool", "oracle_price"));

        assertThat(shell.run("task:events run-1").out())
                .endsWith("result=" + "x".repeat(160) + "... tool=oracle_price");
        assertThat(shell.run("task:events --json run-1").out()).contains("\"resultHash\":\"abc\"", "x".repeat(500));
    }

    @Test
    void eventsReadsAStreamOfManyPages() {
        runs.add("run-1", "price of ETH", RunState.RUNNING);
        for (int i = 0; i < 1234; i++) {
            journal.append("run/run-1", EntryTypes.RUN_STATE, Map.of("attempt", i));
        }

        assertThat(shell.run("task:events run-1").lines()).hasSize(1234);
    }

    @Test
    void eventsFollowsUntilTheRunHasEnded() throws Exception {
        runs.add("run-1", "price of ETH", RunState.RUNNING);
        journal.append("run/run-1", EntryTypes.RUN_SUBMITTED, Map.of());
        CompletableFuture<Shell.Result> command =
                CompletableFuture.supplyAsync(() -> shell.run("task:events -f run-1"));
        await().until(() -> !journal.subscribers.isEmpty());

        journal.append("run/run-1", EntryTypes.RUN_ENDED, Map.of());

        assertThat(command.get().lines()).hasSize(2);
        assertThat(journal.subscribers).isEmpty();
    }

    @Test
    void eventsDoesNotWaitBehindTheEnd() {
        runs.add("run-1", "price of ETH", RunState.SUCCEEDED);
        journal.append("run/run-1", EntryTypes.RUN_ENDED, Map.of());

        assertThat(shell.run("task:events -f --after 1 run-1").out()).isEmpty();
        assertThat(shell.run("task:events -f run-1").lines()).hasSize(1);
    }

    @Test
    void receiptIsPrintedAsItWasMade() {
        runs.add("run-1", "price of ETH", RunState.SUCCEEDED);

        assertThat(shell.run("task:receipt run-1").out()).isEqualTo("{\"payload\": \"as it was made\"}");
    }

    @Test
    void receiptGoesIntoANewFileOnly(@TempDir Path folder) throws IOException {
        runs.add("run-1", "price of ETH", RunState.SUCCEEDED);
        Path file = folder.resolve("receipt.json");

        assertThat(shell.run("task:receipt --out " + file + " run-1").out()).contains(file.toString());
        assertThat(file).hasContent("{\"payload\": \"as it was made\"}");

        Files.writeString(file, "mine");
        assertThat(shell.run("task:receipt --out " + file + " run-1").out()).contains("a file that does not exist yet");
        assertThat(file).hasContent("mine");
        assertThat(shell.run("task:receipt --out " + folder.resolve("no/such/folder") + " run-1")
                        .ok())
                .isFalse();
    }

    @Test
    void receiptOfARunThatGoesOnIsRefused() {
        runs.add("run-1", "price of ETH", RunState.RUNNING);

        assertThat(shell.run("task:receipt run-1").out()).startsWith("RUN_INCOMPLETE: ");
    }

    @Test
    void statsCountsByState() {
        runs.add("run-1", "one", RunState.SUCCEEDED);
        runs.add("run-2", "two", RunState.FAILED);

        assertThat(shell.run("task:stats").lines()).containsExactly("total     2", "by state  SUCCEEDED=1 FAILED=1");
        assertThat(shell.run("task:stats --json").out())
                .isEqualTo("{\"total\":2,\"byState\":{\"SUCCEEDED\":1,\"FAILED\":1}}");
    }
}
