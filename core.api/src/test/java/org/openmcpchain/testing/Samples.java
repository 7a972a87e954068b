/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.testing;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.journal.Checkpoint;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalCare;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.policy.PolicyDocument;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.RunState;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;
import org.openmcpchain.session.Turn;
import org.openmcpchain.tool.Effect;

/** One of each. */
public final class Samples {

    public static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    public static final String HASH = "ab".repeat(32);

    private Samples() {}

    public static <T> Page<T> page(T item) {
        return new Page<>(List.of(item), 3, OptionalInt.of(1));
    }

    public static Approval approval(Approval.State state, Approval.Vote... votes) {
        Action action = new Action(
                ActionKind.TOKEN_APPROVAL,
                "0",
                "ERC-20",
                "0x" + "2".repeat(40),
                null,
                "approve(address,uint256)",
                "0x" + "1".repeat(40),
                "0x" + "3".repeat(40),
                "eip155:1/erc20:0x" + "2".repeat(40),
                "USDC",
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE),
                6,
                null,
                null,
                List.of(Action.Flag.UNLIMITED),
                "lets router take any amount of USDC");
        TransactionFacts facts = new TransactionFacts(
                ChainId.eip155(1),
                "0x" + "1".repeat(40),
                "0x" + "2".repeat(40),
                null,
                "USDC",
                "approve(address,uint256)",
                List.of(),
                BigInteger.ZERO,
                BigInteger.valueOf(60_000),
                BigInteger.TEN,
                BigInteger.ONE,
                "0x",
                List.of(action),
                List.of(new BalanceChange(
                        "0x" + "1".repeat(40), "eip155:1/slip44:60", "ETH", 18, null, BigInteger.TEN.negate())),
                true);
        Intent intent = Intent.builder(GatePoint.SIGN, "dex_swap", "alice")
                .run("run-1", "call-1")
                .session("default/default/main")
                .bundle(new BundleRef("org.example.dex", "1.0.0", "a".repeat(64)))
                .effect(Effect.TRANSACTION)
                .arguments("{\"amount\":\"1\"}")
                .transaction(facts)
                .build();
        return new Approval(
                "a1",
                state,
                intent,
                HASH,
                "3-9f2c",
                "ask-for-approvals",
                "an unlimited approval",
                "alice wants to let router take any amount of USDC",
                List.of("0: lets router take any amount of USDC", "alice loses 0.00000000000000001 ETH"),
                2,
                List.of(votes),
                AT,
                AT.plusSeconds(3600),
                Decision.DENY,
                Optional.empty(),
                Optional.empty());
    }

    public static PolicyDocument policy(long version) {
        return new PolicyDocument(version, HASH, version + "-abab", "version: 1\nrules: []\n", "admin", AT);
    }

    public static Policies.DryRun dryRun() {
        return new Policies.DryRun(
                "4-cdcd",
                10,
                9,
                List.of(new Policies.Change(
                        "run/run-1",
                        7,
                        AT,
                        GatePoint.SIGN,
                        "dex_swap",
                        Decision.ALLOW,
                        "all",
                        Decision.DENY,
                        "default-deny",
                        "no rule allows it")),
                false);
    }

    public static CapUsage cap(boolean blown) {
        return new CapUsage(
                "daily-usdc", "*", "eip155:1/slip44:60", "1000000000000000000000", "1", "2", Optional.of(AT), blown);
    }

    public static Session session(MessageMode mode) {
        return new Session(
                "default/default/main",
                "alice",
                mode,
                Optional.empty(),
                Optional.of("run-1"),
                1,
                2,
                1,
                1,
                0,
                120,
                9,
                AT,
                AT);
    }

    public static Accepted accepted(boolean created) {
        return new Accepted(session(MessageMode.STEER), 2, created, Accepted.Effect.STEERED, Optional.of("run-1"));
    }

    public static Turn turn() {
        return new Turn(
                4,
                AT,
                "message",
                2,
                Optional.of("alice"),
                Optional.of("use the other pool"),
                Optional.empty(),
                List.of());
    }

    public static DeadLetter letter(DeadLetter.State state) {
        return new DeadLetter(
                "run-1", "swap", "alice", "CHAIN_UNREACHABLE", "connection refused", 4, AT, state, Optional.empty());
    }

    public static Collected collected() {
        return new Collected(
                false,
                List.of(
                        new Collected.Part(
                                "run-1", RunState.SUCCEEDED, Optional.of("{\"price\":\"7\"}"), Optional.empty()),
                        new Collected.Part("run-2", RunState.FAILED, Optional.empty(), Optional.of("TOOL_GONE"))),
                List.of("run-3"),
                Optional.of("\"7\""));
    }

    public static Checkpoint checkpoint() {
        return new Checkpoint(5, AT, 12, 340, HASH, "0".repeat(64));
    }

    public static JournalAudit.Report report(JournalCheck... broken) {
        return new JournalAudit.Report(12, 340, broken.length == 0, List.of(broken), Optional.of(checkpoint()));
    }

    public static JournalCheck truncated() {
        return new JournalCheck("run/run-1", 6, false, Damage.TRUNCATED, 7, "the last 2 entries are missing", HASH);
    }

    public static JournalCare.Snapshot snapshot(String base) {
        return new JournalCare.Snapshot("20261120-1", AT, base, 42, 1000, HASH);
    }
}
