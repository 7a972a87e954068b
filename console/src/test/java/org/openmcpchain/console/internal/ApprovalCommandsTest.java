/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.testing.FakeService;
import org.openmcpchain.testing.Samples;

/** Approvals and the policy. */
class ApprovalCommandsTest {

    @TempDir
    private Path folder;

    private final Approval pending = Samples.approval(Approval.State.PENDING);
    private final FakeService<Approvals> approvals = new FakeService<>(Approvals.class)
            .on("list", asked -> Samples.page(pending))
            .on("find", asked -> asked[0].equals("a1") ? Optional.of(pending) : Optional.empty())
            .on(
                    "approve",
                    asked -> Samples.approval(
                            Approval.State.APPROVED,
                            new Approval.Vote(asked[1].toString(), true, asked[3].toString(), Samples.AT)))
            .on("reject", asked -> Samples.approval(Approval.State.REJECTED));
    private final FakeService<Policies> policies = new FakeService<>(Policies.class)
            .on("current", asked -> Samples.policy(3))
            .on("version", asked -> asked[0].equals(2L) ? Optional.of(Samples.policy(2)) : Optional.empty())
            .on("history", asked -> List.of(Samples.policy(3), Samples.policy(2)))
            .on(
                    "check",
                    asked ->
                            asked[0].equals("good: 1") ? List.of() : List.of("line 1: no rules", "line 2: unknown key"))
            .on("update", asked -> Samples.policy(4))
            .on("dryRun", asked -> Samples.dryRun());
    private final FakeService<Ledgers> ledgers = new FakeService<>(Ledgers.class)
            .on("usage", asked -> List.of(Samples.cap(true)))
            .on("reset", asked -> Samples.cap(false));
    private final Shell shell = new Shell(approvals.service(), policies.service(), ledgers.service());

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void theOpenApprovalsAreListedUnlessOthersAreAskedFor() {
        Shell.Result result = shell.run("approval:list");

        assertThat(result.lines()).anySatisfy(line -> assertThat(line)
                .startsWith("a1")
                .contains("PENDING", "alice wants to let router take any amount of USDC"));
        assertThat(result.out()).endsWith("3 in all; go on with --offset 1.");
        shell.run("approval:list --state used,REJECTED --limit 5");
        shell.run("approval:list --all --offset 2");
        assertThat(approvals.calls())
                .containsExactly("list[[PENDING], 0, 20]", "list[[REJECTED, USED], 0, 5]", "list[[], 2, 20]");
        assertThat(shell.run("approval:list --state x").out()).startsWith("REQUEST_INVALID: ");
    }

    @Test
    void anApprovalIsShownInPlainWordsAndWholeToPrograms() {
        assertThat(shell.run("approval:show a1").lines())
                .contains(
                        "alice wants to let router take any amount of USDC",
                        "  0: lets router take any amount of USDC",
                        "approvals  0 of 2");
        Shell.Result json = shell.run("approval:show --json a1");
        assertThat(json.json().at("/intent/transaction/actions/0/amount").asText())
                .isEqualTo("115792089237316195423570985008687907853269984665640564039457584007913129639935");
        assertThat(json.json().at("/intent/transaction/actions/0/flags/0").asText())
                .isEqualTo("UNLIMITED");
        assertThat(json.json().at("/intentHash").asText()).isEqualTo(Samples.HASH);
        assertThat(json.out()).doesNotContain("null");
        assertThat(shell.run("approval:show nope").out()).startsWith("APPROVAL_UNKNOWN: ");
    }

    @Test
    void approvingShowsFirstAndNamesWhatWasShown() {
        Shell.Result result = shell.run("approval:approve --yes --comment 'as agreed' a1");

        assertThat(result.ok()).isTrue();
        assertThat(result.lines()).first().isEqualTo("alice wants to let router take any amount of USDC");
        assertThat(result.lines()).last().isEqualTo("a1  APPROVED  1 of 2");
        assertThat(approvals.calls()).contains("approve[a1, console:karaf, " + Samples.HASH + ", as agreed]");
    }

    @Test
    void aHashThatWasReadElsewhereIsPassedOn() {
        approvals.on("approve", asked -> {
            throw HostException.of(PolicyError.APPROVAL_INTENT_CHANGED);
        });

        assertThat(shell.run("approval:approve --yes --intent-hash other a1").out())
                .contains("APPROVAL_INTENT_CHANGED: ");
        assertThat(approvals.calls()).contains("approve[a1, console:karaf, other, ]");
    }

    @Test
    void withoutATerminalNothingIsApprovedUnlessToldSo() {
        Shell.Result result = shell.run("approval:approve a1");

        assertThat(result.ok()).isFalse();
        assertThat(result.out()).contains("REQUEST_INVALID: ").contains("field: yes");
        assertThat(approvals.calls()).noneMatch(call -> call.startsWith("approve["));
    }

    @Test
    void onlyAYesIsAYes() {
        for (String answer : List.of("y", "Y", " yes ", "YES")) {
            assertThat(Question.saysYes(typing(answer), "Sure?", "yes"))
                    .as(answer)
                    .isTrue();
        }
        for (String answer : List.of("", "n", "no", "yeah", "yy", "ye s")) {
            assertThat(Question.saysYes(typing(answer), "Sure?", "yes"))
                    .as(answer)
                    .isFalse();
        }
        assertThat(Question.saysYes(typing(null), "Sure?", "yes")).isFalse();
    }

    private static org.apache.karaf.shell.api.console.Session typing(String answer) {
        return new FakeService<>(org.apache.karaf.shell.api.console.Session.class)
                .on("readLine", asked -> answer)
                .service();
    }

    @Test
    void rejectingNeedsAReason() {
        assertThat(shell.run("approval:reject a1 not this contract").lines()).containsExactly("a1  REJECTED");
        assertThat(approvals.calls()).contains("reject[a1, console:karaf, not this contract]");
        assertThat(shell.run("approval:reject a1 ' '").out()).startsWith("REQUEST_INVALID: ");
        assertThat(shell.run("approval:reject a1").ok()).isFalse();
    }

    @Test
    void idsAndStatesAreCompleted() {
        assertThat(shell.complete("approval:approve ")).contains("a1");
        assertThat(shell.complete("approval:list --state ")).contains("PENDING", "WITHDRAWN");
        assertThat(shell.complete("policy:cap-reset ")).contains("daily-usdc");
    }

    @Test
    void thePolicyIsShownWithItsVersions() {
        assertThat(shell.run("policy:show").lines())
                .containsExactly("# version 3-abab, by admin at 2026-11-20T10:00:00Z", "version: 1", "rules: []");
        assertThat(shell.run("policy:show --json 2").json().get("version").asLong())
                .isEqualTo(2);
        assertThat(shell.run("policy:show 9").out()).startsWith("REQUEST_INVALID: ");
        assertThat(shell.run("policy:history").lines())
                .last()
                .asString()
                .startsWith("2 ")
                .contains("2-abab", "admin");
    }

    @Test
    void aDraftIsCheckedSetAndTriedFromAFile() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), "good: 1");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "bad");

        assertThat(shell.run("policy:check " + good).out()).isEqualTo("fit");
        Shell.Result refused = shell.run("policy:check " + bad);
        assertThat(refused.ok()).isFalse();
        assertThat(refused.lines()).startsWith("line 1: no rules", "line 2: unknown key");
        assertThat(refused.out()).contains("POLICY_INVALID: ");
        assertThat(shell.run("policy:set " + good).out()).isEqualTo("in force: 4-abab");
        shell.run("policy:set --expect 1 " + good);
        assertThat(policies.calls()).contains("update[3, good: 1, console:karaf]", "update[1, good: 1, console:karaf]");
        assertThat(shell.run("policy:dry-run --run run-1 --since 2026-11-01T00:00:00Z --until 2026-11-20T00:00:00Z "
                                + good)
                        .lines())
                .anySatisfy(line -> assertThat(line).contains("run/run-1", "ALLOW", "DENY", "default-deny"))
                .last()
                .isEqualTo("10 decisions, 9 the same under 4-cdcd");
        assertThat(policies.calls())
                .contains("dryRun[good: 1, Scope[run=Optional[run-1], since=2026-11-01T00:00:00Z,"
                        + " until=2026-11-20T00:00:00Z]]");
        assertThat(shell.run("policy:check " + folder.resolve("none")).out()).startsWith("REQUEST_INVALID: ");
        Path large = Files.writeString(folder.resolve("large"), "x".repeat(256 * 1024 + 1));
        assertThat(shell.run("policy:check " + large).out()).startsWith("REQUEST_INVALID: ");
    }

    @Test
    void capsAreListedAndFusesReset() {
        assertThat(shell.run("policy:caps").lines())
                .last()
                .asString()
                .startsWith("daily-usdc")
                .contains("1000000000000000000000", "true");
        assertThat(shell.run("policy:cap-reset daily-usdc").out()).isEqualTo("reset daily-usdc  *");
        assertThat(ledgers.calls()).contains("reset[daily-usdc, console:karaf]");
    }
}
