/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.config.Configurations;
import org.openmcpchain.config.ConfiguredPid;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalCare;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.openmcpchain.testing.FakeService;
import org.openmcpchain.testing.Samples;

/** Whether the journal is whole, how it is kept, and what the operator has set. */
class KeepingCommandsTest {

    private final FakeJournal journal = new FakeJournal();
    private final FakeService<JournalAudit> audit = new FakeService<>(JournalAudit.class)
            .on("verifyAll", asked -> walked(asked[0], Samples.report()))
            .on("checkpoint", asked -> Samples.checkpoint())
            .on("checkpoints", asked -> List.of(Samples.checkpoint()));
    private final FakeService<JournalCare> care = new FakeService<>(JournalCare.class)
            .on("compact", asked -> new JournalCare.Compaction(3, 90, "2026-11.omj", Samples.HASH))
            .on("snapshot", asked -> Samples.snapshot((boolean) asked[0] ? "" : "20261119-1"))
            .on("snapshots", asked -> List.of(Samples.snapshot("")))
            .on("verify", asked -> Samples.snapshot(""));
    private final FakeService<Configurations> configurations = new FakeService<>(Configurations.class)
            .on(
                    "effective",
                    asked -> List.of(new ConfiguredPid(
                            "org.example",
                            ConfiguredPid.State.APPLIED,
                            List.of(new ConfiguredPid.Setting("rounds", "7", ConfiguredPid.Source.FILE)))))
            .on(
                    "problems",
                    asked -> List.of(new ConfigProblem(
                            RequestError.REQUEST_INVALID, "org.example", "x", "y", "a number", "openmcp.yaml:3")));
    private final FakeService<ReceiptIssuer> issuer = new FakeService<>(ReceiptIssuer.class)
            .on("keys", asked -> List.of(new ReceiptKey(Samples.HASH, "Ed25519", "-----BEGIN", true)));
    private final Shell shell =
            new Shell(journal, audit.service(), care.service(), configurations.service(), issuer.service());

    @AfterEach
    void close() {
        shell.close();
    }

    @SuppressWarnings("unchecked")
    private static JournalAudit.Report walked(Object progress, JournalAudit.Report report) {
        ((Consumer<JournalAudit.Progress>) progress).accept(new JournalAudit.Progress(6, 12));
        return report;
    }

    @Test
    void everyStreamIsWalkedWithoutAnArgument() {
        assertThat(shell.run("journal:verify").lines())
                .containsExactly("6 of 12 streams", "340 entries in 12 streams, compared with checkpoint 5: whole");
        Shell.Result json = shell.run("journal:verify --json");
        assertThat(json.lines()).hasSize(1);
        assertThat(json.json().at("/checkpoint/number").asLong()).isEqualTo(5);
    }

    @Test
    void whatIsBrokenIsLocatedAndFails() {
        audit.on("verifyAll", asked -> walked(asked[0], Samples.report(Samples.truncated())));

        Shell.Result result = shell.run("journal:verify");

        assertThat(result.ok()).isFalse();
        assertThat(result.lines())
                .contains(
                        "run/run-1  TRUNCATED at 7: the last 2 entries are missing",
                        "340 entries in 12 streams, compared with checkpoint 5: BROKEN");
        assertThat(result.out()).contains("JOURNAL_BROKEN: ").contains("damage: TRUNCATED");
    }

    @Test
    void oneStreamNeedsNoAudit() {
        journal.append("host", "host.started", java.util.Map.of());

        assertThat(shell.run("journal:verify host").lines()).contains("damage        NONE");
        assertThat(audit.calls()).isEmpty();
    }

    @Test
    void checkpointsAreMadeAndListed() {
        assertThat(shell.run("journal:checkpoint").lines()).contains("number    5");
        assertThat(shell.run("journal:checkpoints --limit 3").lines())
                .last()
                .asString()
                .startsWith("5 ");
        assertThat(audit.calls()).containsExactly("checkpoint[]", "checkpoints[3]");
    }

    @Test
    void theJournalIsCompactedAndKeptSafe() {
        assertThat(shell.run("journal:compact 2026-10-20T00:00:00Z").lines()).contains("archive  2026-11.omj");
        assertThat(shell.run("journal:compact yesterday").out()).startsWith("REQUEST_INVALID: ");
        assertThat(shell.run("journal:snapshot").lines()).contains("base        20261119-1");
        assertThat(shell.run("journal:snapshot --full").out()).doesNotContain("20261119-1");
        assertThat(shell.run("journal:snapshot-list").lines()).last().asString().startsWith("20261120-1");
        assertThat(shell.run("journal:snapshot-verify 20261120-1").ok()).isTrue();
        assertThat(shell.complete("journal:snapshot-verify ")).contains("20261120-1");
        assertThat(care.calls())
                .contains(
                        "compact[2026-10-20T00:00:00Z, console:karaf]",
                        "snapshot[false, console:karaf]",
                        "snapshot[true, console:karaf]",
                        "verify[20261120-1]");
    }

    @Test
    void settingsAndReceiptKeysAreListed() {
        Shell.Result settings = shell.run("settings:list");
        assertThat(settings.lines())
                .anySatisfy(line -> assertThat(line).startsWith("org.example").contains("APPLIED", "rounds"))
                .last()
                .asString()
                .contains("a number", "openmcp.yaml:3");
        assertThat(shell.run("settings:list --json")
                        .json()
                        .at("/problems/0/code")
                        .asText())
                .isEqualTo("REQUEST_INVALID");
        assertThat(shell.run("receipt:keys").lines())
                .last()
                .asString()
                .startsWith(Samples.HASH)
                .contains("Ed25519");
    }
}
