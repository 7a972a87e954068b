/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proofs.receipt.SampleRun;
import org.openmcpchain.proofs.receipt.internal.format.Json;
import org.openmcpchain.proofs.receipt.internal.issue.TestIssuer;

final class VerifyCommandTest {

    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String receipt;
    private String keys;

    @BeforeEach
    void issue() throws IOException {
        ReceiptIssuer issuer = TestIssuer.open(temp.resolve("keys"), SampleRun.START, 0);
        Path file = temp.resolve("receipt.json");
        Files.writeString(
                file, issuer.issue(SampleRun.stream(), SampleRun.ENDING).envelope());
        receipt = file.toString();
        keys = temp.resolve("keys/public").toString();
    }

    @Test
    void answersYes() {
        assertThat(run(receipt, "--keys", keys)).isEqualTo(VerifyCommand.YES);
        assertThat(text(out))
                .contains("VERIFIED")
                .contains("This does not prove:")
                .contains(SampleRun.ID)
                .doesNotContain("NOT VERIFIED");
        assertThat(err.size()).isZero();
    }

    @Test
    void answersNoAndNamesThePart() throws IOException {
        Path changed = temp.resolve("changed.json");
        Files.writeString(changed, Files.readString(Path.of(receipt)).replace("in-toto+json", "in-toto+xml"));

        assertThat(run(changed.toString(), "--keys", keys)).isEqualTo(VerifyCommand.NO);
        assertThat(text(out)).contains("NOT VERIFIED: payloadType").contains("FAIL payloadType");
    }

    @Test
    void answersPrograms() {
        assertThat(run(receipt, "--json", "--keys", keys)).isEqualTo(VerifyCommand.YES);

        assertThat(Json.object(text(out).strip()))
                .containsEntry("verified", true)
                .containsEntry("failedParts", List.of())
                .containsKeys("checks", "facts", "notProven");
    }

    @Test
    void judgesAsOfAnotherTime() {
        assertThat(run(receipt, "--keys=" + keys, "--at=2020-01-01T00:00:00Z")).isEqualTo(VerifyCommand.NO);
        assertThat(text(out)).contains("future");
        assertThat(run(receipt, "--keys", keys, "--at", "2030-01-01T00:00:00Z")).isEqualTo(VerifyCommand.YES);
    }

    @Test
    void saysNoWhenOneOfSeveralIsWrong() throws IOException {
        String wrong = Files.writeString(temp.resolve("wrong.json"), "{}").toString();

        assertThat(run("--json", wrong, receipt, "--keys", keys)).isEqualTo(VerifyCommand.NO);
        assertThat(text(out).lines())
                .satisfiesExactly(
                        line -> assertThat(Json.object(line)).containsEntry("verified", false),
                        line -> assertThat(Json.object(line)).containsEntry("verified", true));
    }

    @Test
    void takesASingleKey() throws IOException {
        Path key;
        try (var files = Files.list(Path.of(keys))) {
            key = files.findFirst().orElseThrow();
        }

        assertThat(run(receipt, "--key", key.toString())).isEqualTo(VerifyCommand.YES);
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isEqualTo(VerifyCommand.YES);
        assertThat(run("-h")).isEqualTo(VerifyCommand.YES);
        assertThat(text(out)).contains("Usage");
    }

    @Test
    void saysWhenItIsUsedWrongly() throws IOException {
        String empty = Files.createDirectory(temp.resolve("empty")).toString();
        String noKey = Files.writeString(temp.resolve("no.pem"), "x").toString();
        String badKey = Files.writeString(
                        temp.resolve("bad.pem"), "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
                .toString();
        List<String[]> wrong = List.of(
                new String[] {},
                new String[] {receipt},
                new String[] {"--keys", keys},
                new String[] {receipt, "--keys"},
                new String[] {receipt, "--keys", keys, "--at", "yesterday"},
                new String[] {receipt, "--keys", keys, "--unknown"},
                new String[] {receipt, "--keys", empty},
                new String[] {receipt, "--key", noKey},
                new String[] {receipt, "--key", badKey},
                new String[] {receipt, "--key", temp.resolve("none").toString()},
                new String[] {temp.resolve("none").toString(), "--keys", keys});
        for (String[] arguments : wrong) {
            assertThat(run(arguments)).as(String.join(" ", arguments)).isEqualTo(VerifyCommand.USAGE);
        }
        assertThat(out.size()).isZero();
        assertThat(err.size()).isPositive();
    }

    @Test
    void doesNotReadMoreThanAReceiptCanHold() throws IOException {
        Path huge = temp.resolve("huge.json");
        Files.write(huge, new byte[ReceiptVerifier.MAX_BYTES * 2]);

        assertThat(run(huge.toString(), "--keys", keys)).isEqualTo(VerifyCommand.NO);
        assertThat(text(out)).contains("larger than 8 MiB");
    }

    private int run(String... arguments) {
        Clock clock = Clock.fixed(SampleRun.START.plusSeconds(60), ZoneOffset.UTC);
        return new VerifyCommand(stream(out), stream(err), clock).run(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
