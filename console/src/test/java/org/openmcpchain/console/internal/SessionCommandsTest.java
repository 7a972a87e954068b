/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.DeadLetters;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Signals;
import org.openmcpchain.run.Submission;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Sessions;
import org.openmcpchain.testing.FakeService;
import org.openmcpchain.testing.Samples;

/** Sessions, signals and dead letters. */
class SessionCommandsTest {

    private final FakeRuns runs = new FakeRuns();
    private final FakeService<Sessions> sessions = new FakeService<>(Sessions.class)
            .on("list", asked -> Samples.page(Samples.session(MessageMode.COLLECT)))
            .on(
                    "find",
                    asked -> asked[0].equals("main")
                            ? Optional.of(Samples.session(MessageMode.STEER))
                            : Optional.empty())
            .on("send", asked -> Samples.accepted(true))
            .on("history", asked -> List.of(Samples.turn()))
            .on("mode", asked -> Samples.session((MessageMode) asked[1]))
            .on("create", asked -> Samples.session((MessageMode) asked[1]))
            .on("reset", asked -> Samples.session(MessageMode.STEER))
            .on("compact", asked -> Samples.session(MessageMode.STEER));
    private final FakeService<Signals> signals = new FakeService<>(Signals.class)
            .on("steer", asked -> 17L)
            .on("interrupt", asked -> runs.stored.get("run-1").in(RunState.PAUSED, null))
            .on("resume", asked -> runs.stored.get("run-1").in(RunState.SCHEDULED, null))
            .on("collect", asked -> Samples.collected());
    private final FakeService<DeadLetters> letters = new FakeService<>(DeadLetters.class)
            .on("list", asked -> Samples.page(Samples.letter(DeadLetter.State.OPEN)))
            .on(
                    "find",
                    asked -> asked[0].equals("run-1")
                            ? Optional.of(Samples.letter(DeadLetter.State.OPEN))
                            : Optional.empty())
            .on("replay", asked -> new Submission(runs.add("run-9", "swap", RunState.PENDING), true))
            .on("discard", asked -> Samples.letter(DeadLetter.State.DISCARDED));
    private final Shell shell = new Shell(runs, sessions.service(), signals.service(), letters.service());

    @BeforeEach
    void aRun() {
        runs.add("run-1", "swap", RunState.RUNNING);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void sessionsAreListedAndShown() {
        assertThat(shell.run("session:list").lines())
                .anySatisfy(line ->
                        assertThat(line).startsWith("default/default/main").contains("COLLECT", "run-1"));
        assertThat(shell.run("session:show --json main").json().at("/activeRun").asText())
                .isEqualTo("run-1");
        assertThat(shell.run("session:show main").out()).doesNotContain("next mode", "null");
        assertThat(shell.run("session:show dm/x").out()).startsWith("SESSION_UNKNOWN: ");
    }

    @Test
    void whatIsSaidArrivesWordForWord() {
        Shell.Result result =
                shell.run("session:send --mode steer --client-id c1 --network eip155:1 main use the 'other pool'");

        assertThat(result.out()).isEqualTo("default/default/main  message 2  STEERED  run run-1");
        assertThat(sessions.calls())
                .containsExactly("send[Message[principal=console:karaf, key=main, text=use the other pool,"
                        + " clientId=Optional[c1], mode=Optional[STEER], network=Optional[eip155:1]]]");
        assertThat(shell.run("session:send main '/new'").ok()).isTrue();
        assertThat(sessions.calls().get(1)).contains("text=/new, clientId=Optional.empty, mode=Optional.empty");
        assertThat(shell.run("session:send --mode shout main x").out()).startsWith("REQUEST_INVALID: ");
    }

    @Test
    void historyIsPrintedAndPaged() {
        assertThat(shell.run("session:history --after 3 --limit 1 main").lines())
                .containsExactly(
                        "   4  2026-11-20T10:00:00Z  message     #2  alice  use the other pool",
                        "There may be more; go on with --after 4.");
        assertThat(sessions.calls()).containsExactly("history[main, 3, 1]");
        assertThat(shell.run("session:history --limit 0 main").out()).startsWith("REQUEST_INVALID: ");
    }

    @Test
    void modeContextAndBeginningAreSet() {
        assertThat(shell.run("session:mode main interrupt").out()).contains("INTERRUPT  epoch 1  120 tokens");
        assertThat(shell.run("session:create --mode refuse dm/bob").out()).contains("REFUSE");
        shell.run("session:create dm/bob");
        shell.run("session:reset main");
        shell.run("session:compact main");
        assertThat(sessions.calls())
                .containsExactly(
                        "mode[main, INTERRUPT, console:karaf]",
                        "create[dm/bob, REFUSE, console:karaf]",
                        "create[dm/bob, FOLLOW_UP, console:karaf]",
                        "reset[main, console:karaf]",
                        "compact[main, console:karaf]");
    }

    @Test
    void aRunIsSteeredInterruptedAndResumed() {
        assertThat(shell.run("task:steer run-1 use the other pool").out()).isEqualTo("run-1  steered at 17");
        shell.run("task:steer --parameters '{\"maxRounds\":\"12\"}' run-1");
        assertThat(shell.run("task:interrupt --reason enough --grace 5 run-1").out())
                .isEqualTo("run-1  PAUSED");
        assertThat(shell.run("task:resume run-1").out()).isEqualTo("run-1  SCHEDULED");
        assertThat(signals.calls())
                .containsExactly(
                        "steer[run-1, console:karaf, use the other pool, {}]",
                        "steer[run-1, console:karaf, , {\"maxRounds\":\"12\"}]",
                        "interrupt[run-1, console:karaf, enough, PT5S]",
                        "resume[run-1, console:karaf]");
        assertThat(shell.run("task:steer run-1").out()).startsWith("REQUEST_INVALID: ");
        assertThat(shell.run("task:interrupt --grace 61 run-1").out()).startsWith("REQUEST_INVALID: ");
    }

    @Test
    void whatIsMissingIsNamedWhenRunsAreCollected() {
        assertThat(shell.run(
                                "task:collect --strategy reduce --reducer sum --pointer /price --timeout 5 run-1 run-2 run-3")
                        .lines())
                .containsExactly(
                        "run-1  SUCCEEDED", "run-2  FAILED  TOOL_GONE", "run-3  missing", "value  \"7\"", "incomplete");
        assertThat(signals.calls().get(0))
                .contains(
                        "runs=[run-1, run-2, run-3], strategy=REDUCE, count=1, pointer=/price, reducer=sum, timeout=PT5S");
        assertThat(shell.run("task:collect --json run-1 run-2")
                        .json()
                        .at("/parts/0/result/price")
                        .asText())
                .isEqualTo("7");
        assertThat(shell.run("task:collect run-1 run-1").out()).startsWith("REQUEST_INVALID: ");
    }

    @Test
    void deadLettersAreListedReplayedAndDiscarded() {
        assertThat(shell.run("dead-letter:list").lines())
                .anySatisfy(line -> assertThat(line).startsWith("run-1").contains("OPEN", "CHAIN_UNREACHABLE", "swap"));
        shell.run("dead-letter:list --all");
        shell.run("dead-letter:list --state replayed");
        assertThat(shell.run("dead-letter:show run-1").lines()).contains("error detail  connection refused");
        assertThat(shell.run("dead-letter:show nope").out()).startsWith("DEAD_LETTER_UNKNOWN: ");
        assertThat(shell.run("dead-letter:replay run-1").out()).isEqualTo("run-9");
        assertThat(shell.run("dead-letter:discard --reason 'too old' run-1").out())
                .isEqualTo("run-1  DISCARDED");
        assertThat(letters.calls())
                .contains(
                        "list[[OPEN], 0, 20]",
                        "list[[], 0, 20]",
                        "list[[REPLAYED], 0, 20]",
                        "replay[run-1, console:karaf]",
                        "discard[run-1, console:karaf, too old]");
    }

    @Test
    void namesAreCompleted() {
        assertThat(shell.complete("session:send ")).contains("default/default/main");
        assertThat(shell.complete("session:mode default/default/main ")).contains("STEER", "REFUSE");
        assertThat(shell.complete("dead-letter:replay ")).contains("run-1");
        assertThat(shell.complete("dead-letter:list --state ")).contains("OPEN");
        assertThat(shell.complete("task:collect --strategy ")).contains("MAJORITY");
    }
}
