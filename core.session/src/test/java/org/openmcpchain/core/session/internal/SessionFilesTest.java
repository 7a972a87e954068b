/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.journal.JournalEntry;

/** What people can read beside the journal (F086). */
class SessionFilesTest {

    @TempDir
    Path root;

    private Town town;
    private Path folder;

    @BeforeEach
    void open() {
        town = new Town(root);
        folder = root.resolve("default/default/main");
    }

    @AfterEach
    void close() {
        town.close();
    }

    private void talk(String said, String answer) {
        String run = town.say(said).run().orElseThrow();
        town.answer(run, answer);
        awaitFiles();
    }

    private void awaitFiles() {
        await().untilAsserted(() -> assertThat(transcript()).hasSameSizeAs(town.entries()));
    }

    private List<String> transcript() throws IOException {
        Path file = folder.resolve("transcript.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void assertWhole() throws IOException {
        List<JournalEntry> entries = town.entries();
        List<String> lines = transcript();
        assertThat(lines).hasSameSizeAs(entries);
        for (int i = 0; i < lines.size(); i++) {
            Entry line = Entry.of(lines.get(i));
            assertThat(line.number("seq")).isEqualTo(i + 1);
            assertThat(line.text("hash")).isEqualTo(entries.get(i).hash());
            assertThat(line.text("type")).isEqualTo(entries.get(i).type());
        }
    }

    private String days() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve("memory"))) {
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void conversationCanBeReadWithoutTheHost() throws IOException {
        talk("remember that <!-- I --> like USDC", "noted\nand done");
        town.sessions.compact("main", "alice");
        awaitFiles();

        assertWhole();
        await().untilAsserted(() -> assertThat(Files.readString(folder.resolve("MEMORY.md")))
                .contains(
                        "- alice said: remember that <!-- I --> like USDC",
                        "# Memory of session default/default/main"));
        assertThat(days().lines().map(line -> line.substring("- 00:00:00 ".length())))
                .containsExactly(
                        "**alice**: remember that <! -- I -- > like USDC <!-- 2 -->",
                        "*SUCCEEDED*: noted and done <!-- 4 -->",
                        "the older turns were summarised <!-- 5 -->");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void filesThatAreMissingAreMadeAgainAtStart() throws IOException {
        talk("first", "done");
        String days = days();
        town.sessions.stop();
        Files.delete(folder.resolve("transcript.jsonl"));
        town.restart();
        awaitFiles();

        assertWhole();
        assertThat(days()).isEqualTo(days);
    }

    @Test
    void lineThatWasCutOffIsWrittenWhole() throws IOException {
        talk("first", "done");
        town.sessions.stop();
        Path file = folder.resolve("transcript.jsonl");
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - 20));
        town.restart();
        awaitFiles();

        assertWhole();
        assertThat(days().lines()).hasSize(2);
    }

    @Test
    void transcriptOfAnotherJournalIsThrownAway() throws IOException {
        Files.createDirectories(folder.resolve("memory"));
        Files.writeString(folder.resolve("transcript.jsonl"), "{\"hash\":\"ff\",\"seq\":\"1\"}\n");
        Files.writeString(folder.resolve("memory/2020-01-01.md"), "- from before\n");
        talk("first", "done");

        assertWhole();
        assertThat(days()).doesNotContain("from before");
    }

    @Test
    void transcriptThatIsNoTranscriptIsNotReadAndStopsNothing() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("transcript.jsonl"), "rubbish\n");
        town.runs.letGo();
        town.say("first");
        town.awaitQuiet();

        assertThat(town.find().turns()).isOne();
    }

    @Test
    void transcriptHasALimit() throws IOException {
        try (Town small = new Town(root.resolve("small"), Map.of("transcriptMebibytes", 1))) {
            Path file = root.resolve("small/default/default/main/transcript.jsonl");
            Files.createDirectories(file.getParent().resolve("memory"));
            small.say("first");
            await().until(() -> Files.exists(file));
            await().until(() -> Files.readAllLines(file).size() == 3);
            Files.write(file, "x".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
            Files.write(file, "\n{\"seq\":\"3\"}\n".getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
            long size = Files.size(file);
            small.answer("r1", "done");
            small.sessions.stop();
            small.sessions.stop();
            assertThat(Files.size(file)).isEqualTo(size);
        }
    }

    @Test
    void nothingIsWrittenIfNobodyWantsFiles() {
        Path none = root.resolve("none");
        try (Town quiet = new Town(none, Map.of("files", false))) {
            quiet.say("first");
            quiet.answer("r1", "done");
        }
        assertThat(none).doesNotExist();
    }

    @Test
    void noKeyLeavesTheFolder() {
        List<String> keys = List.of(
                "../../dm/..",
                "./../main",
                "a/b/dm/x:y",
                "a/b/dm/x@y",
                "a/b/dm/x.y",
                "a/b/dm/.x",
                "a/b/dm/x.",
                "a/b/main");
        List<Path> folders = keys.stream()
                .map(key -> SessionFolder.of(root, MessageCheck.key(key)))
                .toList();

        assertThat(folders).doesNotHaveDuplicates().allSatisfy(path -> {
            assertThat(path.normalize()).isEqualTo(path);
            assertThat(path).startsWithRaw(root);
        });
        assertThat(folders.get(0)).isEqualTo(root.resolve("%2e%2e/%2e%2e/dm/%2e%2e"));
        assertThat(folders.get(3)).isEqualTo(root.resolve("a/b/dm/x%40y"));
    }
}
