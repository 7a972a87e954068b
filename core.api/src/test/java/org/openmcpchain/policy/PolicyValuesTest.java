/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.journal.Damage;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.run.CollectRequest;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.ContextBlock;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Turn;

/** What is handed from one part to another does not change behind anybody's back, and says what it was given. */
final class PolicyValuesTest {

    private static final Action ALLOWANCE = new Action(
            ActionKind.TOKEN_APPROVAL,
            "0",
            "ERC-20",
            "0xc",
            null,
            "approve(address,uint256)",
            "0xf",
            "0xt",
            null,
            "USDC",
            BigInteger.TEN,
            6,
            null,
            null,
            new ArrayList<>(List.of(Action.Flag.UNLIMITED)),
            "Allow 0xt to take an unlimited amount of USDC");

    @Test
    void anActionKnowsItsFlags() {
        List<Action.Flag> flags = new ArrayList<>(List.of(Action.Flag.DELEGATE_CALL));
        Action call = new Action(
                ActionKind.DELEGATE_CALL,
                "0",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                flags,
                "");
        flags.clear();

        assertThat(call.is(Action.Flag.DELEGATE_CALL)).isTrue();
        assertThat(call.is(Action.Flag.UNLIMITED)).isFalse();
        assertThat(ALLOWANCE.is(Action.Flag.UNLIMITED)).isTrue();
    }

    @Test
    void anIntentCarriesMessagesQuestionsAndItsKey() {
        SignatureFacts message = new SignatureFacts(
                SignatureFacts.Kind.TYPED_DATA,
                ChainId.eip155(1),
                "0xf",
                "0xd",
                "{}",
                "USD Coin",
                "0xc",
                "Permit",
                new ArrayList<>(List.of(ALLOWANCE)));
        InferenceFacts question = new InferenceFacts("planner", "rules", 1, 100, 50);
        Intent intent = Intent.builder(GatePoint.SIGN, "dex_swap", "alice")
                .key("k")
                .session("default/default/main")
                .arguments("{}")
                .signature(message)
                .inference(question)
                .build();

        assertThat(intent.key()).contains("k");
        assertThat(intent.session()).contains("default/default/main");
        assertThat(intent.arguments()).contains("{}");
        assertThat(intent.signature()).contains(message);
        assertThat(intent.inference()).contains(question);
        assertThat(message.actions()).containsExactly(ALLOWANCE);
    }

    @Test
    void anApprovalKeepsItsWordsAndVotes() {
        List<String> lines = new ArrayList<>(List.of("send 0.5 ETH"));
        List<Approval.Vote> votes = new ArrayList<>(List.of(new Approval.Vote("bob", true, "", Instant.EPOCH)));
        Approval approval = new Approval(
                "a1",
                Approval.State.PENDING,
                Intent.builder(GatePoint.TOOL, "dex_swap", "alice").build(),
                "h",
                "1-a",
                "large",
                "large",
                "Swap",
                lines,
                2,
                votes,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                Decision.DENY,
                Optional.empty(),
                Optional.empty());
        lines.clear();
        votes.clear();

        assertThat(approval.lines()).containsExactly("send 0.5 ETH");
        assertThat(approval.votes()).hasSize(1);
    }

    @Test
    void whatWasSpentSaysOfWhatKind() {
        assertThat(Spent.mined(false, BigInteger.ONE)).isEqualTo(new Spent(false, BigInteger.ONE, 0, 0));
        assertThat(Spent.tokens(3, 4)).isEqualTo(new Spent(true, null, 3, 4));
        assertThat(new Verdict(Decision.ALLOW, "r", "1-a", "fine", "h").approval())
                .isNull();
    }

    @Test
    void listsOfResultsAreCopies() {
        List<String> runs = new ArrayList<>(List.of("r1"));
        CollectRequest request =
                new CollectRequest(runs, CollectRequest.Strategy.ALL, 1, "", "sum", Duration.ofSeconds(1));
        List<Collected.Part> parts = new ArrayList<>(
                List.of(new Collected.Part("r1", RunState.SUCCEEDED, Optional.of("{}"), Optional.empty())));
        Collected collected = new Collected(true, parts, runs, Optional.empty());
        List<JournalCheck> broken =
                new ArrayList<>(List.of(new JournalCheck("s", 1, false, Damage.TRUNCATED, 2, "cut", "h")));
        JournalAudit.Report report = new JournalAudit.Report(1, 1, false, broken, Optional.empty());
        List<Long> numbers = new ArrayList<>(List.of(1L));
        Turn turn =
                new Turn(1, Instant.EPOCH, "turn", 0, Optional.empty(), Optional.empty(), Optional.of("r1"), numbers);
        List.of(runs, parts, broken, numbers).forEach(List::clear);

        assertThat(request.runs()).hasSize(1);
        assertThat(collected.parts()).hasSize(1);
        assertThat(collected.missing()).hasSize(1);
        assertThat(report.broken()).hasSize(1);
        assertThat(turn.messages()).hasSize(1);
    }

    @Test
    void namesOfStatesAreThoseOfTheApi() {
        assertThat(MessageMode.values())
                .extracting(Enum::name)
                .containsExactly("STEER", "FOLLOW_UP", "COLLECT", "INTERRUPT", "REFUSE");
        assertThat(Accepted.Effect.values())
                .extracting(Enum::name)
                .containsExactly("STARTED", "QUEUED", "STEERED", "INTERRUPTED", "COMMAND");
        assertThat(DeadLetter.State.values()).extracting(Enum::name).containsExactly("OPEN", "REPLAYED", "DISCARDED");
        assertThat(ContextBlock.Kind.values())
                .extracting(Enum::name)
                .containsExactly("SUMMARY", "MEMORY", "CARD", "SAID", "ANSWERED");
    }

    @Test
    void earlierFormsOfARequestHaveNoSession() {
        RunRequest request = new RunRequest("alice", "goal", Optional.empty(), Optional.empty(), "{}");
        BundleRef bundle = new BundleRef("b", "1.0.0", "ab".repeat(32));
        CallScope scope = new CallScope("alice", "r1", "1.0", "dex_swap", bundle, null, Instant.EPOCH);

        assertThat(request.session()).isEmpty();
        assertThat(scope.session()).isNull();
    }
}
