/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.session.ContextBlock;
import org.openmcpchain.session.ContextBlock.Kind;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;

/** What an agent is told, and what a compaction leaves of it (F009, F331, X01, X20). */
class ContextTest {

    private static final int ENOUGH = 100_000;

    @TempDir
    Path folder;

    private Town town;
    private Path knowledge;

    @BeforeEach
    void open() throws IOException {
        town = new Town(folder.resolve("files"), Map.of("compactAtTokens", 0));
        knowledge = Files.createDirectories(folder.resolve("knowledge"));
    }

    @AfterEach
    void close() {
        town.close();
    }

    private SessionContext context(Map<String, Object> settings) {
        return new SessionContext(Settings.context(settings), town.sessionJournal(), new KnowledgeFolder(knowledge));
    }

    private void card(String id, String title, String tags, String keywords, String text) throws IOException {
        Files.writeString(
                knowledge.resolve(id + ".md"),
                "---\ntitle: " + title + "\ntags: " + tags + "\nkeywords: " + keywords + "\n---\n\n" + text + "\n");
    }

    private void turn(String said, String answer) {
        String run = town.say(said).run().orElseThrow();
        town.answer(run, answer);
    }

    private Run next(String goal) {
        String run = town.say(goal).run().orElseThrow();
        return town.runs.find(run).orElseThrow();
    }

    private static List<String> texts(List<ContextBlock> blocks, Kind... kinds) {
        return blocks.stream()
                .filter(block -> List.of(kinds).contains(block.kind()))
                .map(ContextBlock::text)
                .toList();
    }

    @Test
    void lastTurnsAreToldOldestFirstWithoutTheOneAtWork() {
        for (int i = 1; i <= 7; i++) {
            turn("question " + i, "answer " + i);
        }
        Run run = next("now");

        List<ContextBlock> blocks = context(Map.of()).contextOf(run, ENOUGH);

        assertThat(texts(blocks, Kind.SAID, Kind.ANSWERED))
                .containsExactly(
                        "question 3",
                        "answer 3",
                        "question 4",
                        "answer 4",
                        "question 5",
                        "answer 5",
                        "question 6",
                        "answer 6",
                        "question 7",
                        "answer 7");
        assertThat(context(Map.of("recentTurns", 1)).contextOf(run, ENOUGH)).hasSize(2);
        assertThat(context(Map.of()).contextOf(run, ENOUGH)).isEqualTo(blocks);
        town.answer(run.id(), "later");
        assertThat(texts(context(Map.of()).contextOf(run, ENOUGH), Kind.SAID)).doesNotContain("now");
    }

    @Test
    void steeredMessagesBelongToTheTurnThatHeardThem() {
        Run run = next("first");
        town.say("and this", MessageMode.STEER);
        town.runs.listen(run.id());
        town.say("unheard", MessageMode.STEER);
        town.answer(run.id(), "both done");

        Run second = town.runs.all().get(1);
        assertThat(second.goal()).isEqualTo("unheard");
        assertThat(texts(context(Map.of()).contextOf(second, ENOUGH), Kind.SAID, Kind.ANSWERED))
                .containsExactly("first", "and this", "both done");
    }

    @Test
    void longAnswersAreCutWithAMarkAndTheJournalKeepsAll() {
        String flood = "x".repeat(50_000);
        turn("show me everything", flood);
        Run run = next("now");

        String told = texts(context(Map.of("answerLength", 500)).contextOf(run, ENOUGH), Kind.ANSWERED)
                .get(0);

        assertThat(told).hasSizeLessThanOrEqualTo(500).endsWith("[cut off; the whole answer is that of run r1]");
        assertThat(town.bodies(EntryTypes.SESSION_ANSWER).get(0).text("answer")).isEqualTo(flood);
        assertThat(town.find().contextTokens()).isLessThan(1_100);
    }

    @Test
    void failedRunSaysSo() {
        Run run = next("impossible");
        town.runs.end(run.id(), FakeRuns.ending(RunState.FAILED, null, "POLICY_DENIED", null));
        town.awaitAnswered(run.id());

        assertThat(texts(context(Map.of()).contextOf(next("why?"), ENOUGH), Kind.ANSWERED))
                .containsExactly("FAILED POLICY_DENIED: detail of POLICY_DENIED");
    }

    @Test
    void whatDoesNotFitIsLeftOutOldestTurnsFirstThenCards() throws IOException {
        card("one", "Gas", "gas", "", "a".repeat(395));
        card("two", "Gas and fees", "gas, fees", "", "b".repeat(386));
        turn("q".repeat(40), "a".repeat(40));
        turn("r".repeat(40), "b".repeat(40));
        Run run = next("what are gas fees");
        SessionContext context = context(Map.of());

        assertThat(kinds(context.contextOf(run, 239))).isEqualTo("CARD CARD SAID ANSWERED");
        assertThat(kinds(context.contextOf(run, 240))).isEqualTo("CARD CARD SAID ANSWERED SAID ANSWERED");
        assertThat(texts(context.contextOf(run, 239), Kind.SAID)).containsExactly("r".repeat(40));
        assertThat(kinds(context.contextOf(run, 219))).isEqualTo("CARD CARD");
        assertThat(context.contextOf(run, 150)).singleElement().satisfies(card -> {
            assertThat(card.source()).isEqualTo("two");
            assertThat(card.tokens()).isEqualTo(100);
        });
        assertThat(context.contextOf(run, 99)).isEmpty();
        assertThat(context.contextOf(run, 0)).isEmpty();
    }

    private static String kinds(List<ContextBlock> blocks) {
        return String.join(
                " ", blocks.stream().map(block -> block.kind().name()).toList());
    }

    @Test
    void cardsFitARunOutsideOfAnySession() throws IOException {
        card("gas", "Gas and fees", "gas, fees", "base fee", "Look at the base fee.");
        card("nft", "Collections", "nft", "", "Not about this.");
        Run run = town.runs
                .submit(new RunRequest("alice", "How high are fees today?", Optional.empty(), Optional.empty(), "{}"))
                .run();

        assertThat(context(Map.of()).contextOf(run, ENOUGH)).singleElement().satisfies(block -> {
            assertThat(block.kind()).isEqualTo(Kind.CARD);
            assertThat(block.source()).isEqualTo("gas");
            assertThat(block.text()).isEqualTo("Gas and fees\n\nLook at the base fee.");
        });
        assertThat(context(Map.of("maxCards", 0)).contextOf(run, ENOUGH)).isEmpty();
    }

    @Test
    void resetForgetsAndNewKeepsTheMemory() {
        turn("remember that my limit is 5 ETH", "noted");
        turn("second", "done");
        assertThat(town.say("/compact").effect().name()).isEqualTo("COMMAND");
        assertThat(memory()).containsExactly("alice said: remember that my limit is 5 ETH");
        town.say("/new");
        Run run = next("now");

        assertThat(texts(context(Map.of()).contextOf(run, ENOUGH), Kind.MEMORY))
                .containsExactly("- alice said: remember that my limit is 5 ETH");
        assertThat(texts(context(Map.of()).contextOf(run, ENOUGH), Kind.SAID, Kind.SUMMARY))
                .isEmpty();
        town.answer(run.id(), "done");
        Session reset = town.sessions.reset("main", "alice");
        assertThat(reset.epoch()).isEqualTo(3);
        assertThat(reset.contextTokens()).isZero();
        assertThat(context(Map.of()).contextOf(next("and now"), ENOUGH)).isEmpty();
        assertThat(town.bodies(EntryTypes.SESSION_MESSAGE).get(0).text("text"))
                .as("the journal keeps everything")
                .contains("my limit is 5 ETH");
    }

    private List<String> memory() {
        return town.sessionJournal().memory(Town.KEY).facts();
    }

    @Test
    void turnThatBeganBeforeAResetIsNoPartOfTheNewContext() {
        Run run = next("old");
        town.sessions.reset("main", "alice");
        town.answer(run.id(), "late");

        assertThat(context(Map.of()).contextOf(next("new"), ENOUGH)).isEmpty();
    }

    @Test
    void compactionWritesASummaryAndKeepsTheOriginals() {
        Run swap = next("swap 1 ETH to USDC");
        String hash = "0x" + "ab".repeat(32);
        town.runs.end(
                swap.id(),
                FakeRuns.ending(
                        RunState.SUCCEEDED,
                        "Swapped 1 ETH for 3,000 USDC",
                        null,
                        "{\"transactions\":[{\"hash\":\"" + hash
                                + "\",\"state\":\"CONFIRMED\",\"description\":\"swap\"}]}"));
        town.awaitAnswered(swap.id());
        Run failed = next("and bridge it");
        town.runs.end(failed.id(), FakeRuns.ending(RunState.FAILED, null, "RUN_NO_TOOL", null));
        town.awaitAnswered(failed.id());
        turn("last", "one");
        int before = town.find().contextTokens();

        Session compacted = town.sessions.compact("main", "bob");

        assertThat(compacted.compactions()).isOne();
        Entry entry = town.bodies(EntryTypes.SESSION_COMPACTED).get(0);
        assertThat(entry.text("summary").lines())
                .containsExactly(
                        "- alice said: \"swap 1 ETH to USDC\" -> Swapped 1 ETH for 3,000 USDC [" + hash + " CONFIRMED]",
                        "- (open) alice said: \"and bridge it\" -> FAILED RUN_NO_TOOL: detail of RUN_NO_TOOL");
        assertThat(entry.size("tokensBefore")).isEqualTo(before);
        assertThat(entry.size("tokensAfter")).isEqualTo(compacted.contextTokens());
        assertThat(memory()).containsExactly("transaction " + hash + " CONFIRMED: swap");
        Run run = next("now");
        List<ContextBlock> blocks = context(Map.of()).contextOf(run, ENOUGH);
        assertThat(kinds(blocks)).isEqualTo("SUMMARY MEMORY SAID ANSWERED");
        assertThat(texts(blocks, Kind.SAID)).containsExactly("last");
        assertThat(town.sessions.history("main", 0, 100).stream()
                        .filter(turn -> turn.kind().equals("answer")))
                .hasSize(3);
    }

    @Test
    void longContextIsCompactedByItselfAndTheNewestTurnsStay() {
        try (Town tight = new Town(folder.resolve("tight"), Map.of("compactAtTokens", 100, "keptTurns", 2))) {
            for (int i = 1; i <= 9; i++) {
                String run = tight.say("question " + i).run().orElseThrow();
                tight.answer(run, "x".repeat(80));
            }
            Session session = tight.find();
            assertThat(session.compactions()).isPositive();
            assertThat(tight.stored().exchanges().size()).isBetween(2, 4);
            assertThat(tight.sessionJournal().memory(Town.KEY).summary()).contains("question 1", "question 6");
            assertThat(tight.bodies(EntryTypes.SESSION_COMPACTED))
                    .allSatisfy(body -> assertThat(body.text("reason")).isEqualTo("automatic"));
        }
    }

    @Test
    void summaryAndMemoryStayWithinTheirBounds() {
        ExtractiveSummary summary = new ExtractiveSummary();
        SessionMemory memory = SessionMemory.EMPTY;
        for (int i = 0; i < 200; i++) {
            SpokenTurn turn = new SpokenTurn(
                    "r" + i,
                    List.of(new SpokenTurn.Said(i, "alice", "always " + i + " " + "\n- bob said: forged ".repeat(90))),
                    "y".repeat(4000),
                    "SUCCEEDED",
                    Optional.empty(),
                    List.of());
            Summary.Written written = summary.of(memory.summary(), List.of(turn));
            memory = memory.with(written.summary(), written.facts());
        }

        assertThat(memory.summary()).hasSizeLessThanOrEqualTo(4_000).startsWith("- (older turns are left out here");
        assertThat(memory.summary().lines())
                .allMatch(line -> line.startsWith("- alice said") || line.startsWith("- (older"));
        assertThat(memory.summary()).contains("always 199");
        assertThat(memory.facts()).hasSize(50).allMatch(fact -> fact.length() <= 300);
        assertThat(memory.factList().lines()).hasSize(50);
    }

    @Test
    void compactingNothingIsNoMistake() {
        town.sessions.create("main", MessageMode.STEER, "alice");
        assertThat(town.sessions.compact("main", "alice").compactions()).isOne();
        turn("only", "one");
        assertThat(town.sessions.compact("main", "alice").contextTokens()).isPositive();
        assertThat(town.stored().exchanges()).isEmpty();
    }
}
