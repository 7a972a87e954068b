/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.distro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OpenMcpTest {

    @TempDir
    private Path folder;

    @Test
    void listsEveryCommandInItsHelp() {
        StringWriter text = new StringWriter();
        CommandLine line = OpenMcp.commandLine();
        line.usage(new PrintWriter(text));

        assertThat(text.toString())
                .contains(
                        "up",
                        "down",
                        "status",
                        "demo",
                        "verify",
                        "logs",
                        "bench",
                        "approvals",
                        "approve",
                        "reject",
                        "policy",
                        "session",
                        "--home");
    }

    @Test
    void endsWithTwoForWrongUsage() {
        CommandLine line = OpenMcp.commandLine().setErr(new PrintWriter(new StringWriter()));

        assertThat(line.execute("nonsense")).isEqualTo(2);
        assertThat(line.execute("up", "--port", "many")).isEqualTo(2);
    }

    @Test
    void saysWhatToDoWhenSomethingIsMissing() {
        StringWriter text = new StringWriter();
        CommandLine line = OpenMcp.commandLine().setErr(new PrintWriter(text));

        assertThat(line.execute("logs", "--home", folder.toString())).isEqualTo(1);
        assertThat(text.toString()).contains("there is no log yet", "./openmcp up");
    }

    @Test
    void isDownWhereNothingRuns() {
        assertThat(OpenMcp.commandLine().execute("status", "--home", folder.toString()))
                .isEqualTo(1);
        assertThat(OpenMcp.commandLine().execute("down", "--home", folder.toString()))
                .isZero();
    }

    @Test
    void doesNotMistakeAReusedProcessIdForAHost() throws IOException {
        HostHome home = new HostHome(folder);
        long pid = ProcessHandle.current().pid();
        Files.writeString(
                folder.resolve("host.json"),
                "{\"pid\":" + pid + ",\"startedAt\":\"2001-01-01T00:00:00Z\",\"httpPort\":1,\"sshPort\":2}");

        assertThat(home.running()).isEmpty();
    }

    @Test
    void findsTheHostThatItWroteDown() {
        HostHome home = new HostHome(folder);
        home.wrote(ProcessHandle.current(), 1234, 5678);

        assertThat(home.running()).hasValueSatisfying(running -> {
            assertThat(running.url()).isEqualTo("http://127.0.0.1:1234/api/v1");
            assertThat(running.sshPort()).isEqualTo(5678);
        });
        home.forget();
        assertThat(home.running()).isEmpty();
    }

    @Test
    void showsTheFirstKeyOnce() throws IOException {
        HostHome home = new HostHome(folder);
        Files.createDirectories(home.data());
        Files.writeString(home.adminKey(), "omk_1_secret\n");

        assertThat(UpCommand.takeAdminKey(home)).isEqualTo("omk_1_secret");
        assertThat(UpCommand.takeAdminKey(home)).isNull();
    }

    @Test
    void waitsUntilDoneOrUntilTheLimit() {
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()));

        assertThat(terminal.await("x", Duration.ofSeconds(5), () -> true)).isNotNull();
        assertThat(terminal.await("x", Duration.ZERO, () -> false)).isNull();
    }
}
