/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.error.ConfigError;

class LayerReaderTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"no", "0755", "1:30", "2026-11-20", "1e3", "~tilde", "0x10", "1_000"})
    void takesAValueForTheTextThatStandsThere(String text) throws IOException {
        write("openmcp.yaml", "p: {k: " + text + "}\n");

        assertThat(read().file().get("p").get("k").items()).containsExactly(text);
    }

    @Test
    void keepsNumbersOfJsonToTheLastDigit() throws IOException {
        write(
                "openmcp.json",
                "{\"p\": {\"k\": 115792089237316195423570985008687907853269984665640564039457584007913129639935}}");

        assertThat(read().file().get("p").get("k").text())
                .isEqualTo("115792089237316195423570985008687907853269984665640564039457584007913129639935");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p: {k: [1, | openmcp.yaml:2",
                "just text | openmcp.yaml:1",
                "[1]: {k: v} | openmcp.yaml:1",
                "p: 1 | openmcp.yaml:1",
                "p: {[1]: v} | openmcp.yaml:1",
                "p: {k: } | openmcp.yaml:1",
                "p: {k: {nested: 1}} | openmcp.yaml:1",
                "p: {k: [[1]]} | openmcp.yaml:1",
                "p: {k: 1, k: 2} | openmcp.yaml:1",
                "p: {k: [~]} | openmcp.yaml:1"
            })
    void saysWhereYamlIsWrong(String text, String place) throws IOException {
        write("openmcp.yaml", text + "\n");

        assertThat(read().problems())
                .isNotEmpty()
                .first()
                .extracting(ConfigProblem::place)
                .isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"p\": 1}",
                "{\"p\": [1]}",
                "{\"p\": {\"k\": null}}",
                "{\"p\": {\"k\": {\"nested\": [1]}}}",
                "{\"p\": {\"k\": [[1]]}}",
                "{\"p\": {\"k\": [null]}}",
                "{\"p\": {\"k\": 1, \"k\": 2}}",
                "{} {}",
                "{\"p\": {\"k\": 1}} // comment"
            })
    void saysWhereJsonIsWrong(String text) throws IOException {
        write("openmcp.json", text);

        assertThat(read().problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.place())
                .isEqualTo("openmcp.json:1"));
    }

    @Test
    void anEmptyFileConfiguresNothing() throws IOException {
        write("openmcp.yaml", "# nothing yet\n");
        assertThat(read()).isEqualTo(Layers.NONE);
        Files.delete(directory.resolve("openmcp.yaml"));

        write("openmcp.json", "");
        assertThat(read()).isEqualTo(Layers.NONE);
    }

    @Test
    void aPidWithoutKeysIsConfiguredWithItsDefaults() throws IOException {
        write("openmcp.yaml", "p:\nq: {}\n");

        assertThat(read().file()).isEqualTo(Map.of("p", Map.of(), "q", Map.of()));
    }

    @Test
    void refusesTwoFilesForOneThing() throws IOException {
        write("openmcp.yaml", "p: {k: v}\n");
        write("openmcp.json", "{}");

        assertThat(read().problems())
                .singleElement()
                .extracting(ConfigProblem::code)
                .isEqualTo(ConfigError.CONFIG_UNREADABLE);
    }

    @Test
    void refusesAFileThatIsTooLargeOrNotText() throws IOException {
        write("openmcp.yaml", "# " + "x".repeat(1 << 20));
        Files.write(directory.resolve("openmcp.env"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(read().problems())
                .extracting(ConfigProblem::rule)
                .containsExactly("is larger than 1 MiB", "is not UTF-8");
    }

    @Test
    void refusesADirectoryInTheFilesPlace() throws IOException {
        Files.createDirectory(directory.resolve("openmcp.yaml"));

        assertThat(read().problems()).extracting(ConfigProblem::rule).containsExactly("cannot be opened");
    }

    @Test
    void readsLinesOfAnEnvironmentFile() throws IOException {
        write(
                "openmcp.env",
                """
                # comment

                OPENMCP__a__k=v=w
                  OPENMCP__b__k =  ' two words '\s
                OPENMCP__c__k="unfinished
                OPENMCP__d__k=
                """);

        assertThat(read().variables())
                .extracting(variable -> variable.value().text())
                .containsExactly("v=w", " two words ", "\"unfinished", "");
    }

    @Test
    void saysWhereAnEnvironmentFileIsWrong() throws IOException {
        write("openmcp.env", "no equals sign\nPATH=/bin\nOPENMCP__a__k=1\nOPENMCP__a__k=2\n=x\n");

        assertThat(read().problems())
                .extracting(ConfigProblem::place)
                .containsExactly("openmcp.env:1", "openmcp.env:2", "openmcp.env:4", "openmcp.env:5");
        assertThat(read().problems().get(1).key()).isEqualTo("PATH");
    }

    @Test
    void namesNoDirectoryOfTheMachine() throws IOException {
        write("openmcp.yaml", "{");

        assertThat(read().problems()).noneMatch(problem -> problem.toString().contains(directory.toString()));
    }

    private Layers read() {
        return new LayerReader(directory, Map::of).read();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
