/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.core.agent.internal.ScriptedInference.call;
import static org.openmcpchain.core.agent.internal.ScriptedInference.calls;
import static org.openmcpchain.core.agent.internal.ScriptedInference.text;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.RunState;

/** A run hears what people tell it while it is at work: in order, all of it, and the same again when it is continued. */
@Timeout(60)
class SteeringTest {

    private static final String GOAL = "watch the ledger";
    private static final String LOOK = "{\"asset\":\"USDC\"}";

    private final AgentRig rig = new AgentRig();
    private final FakeSession session = new FakeSession(FakeSession.run(GOAL, 1), List.of());

    @Test
    void tellsTheModelEverythingInOrderBeforeItsNextStep() {
        rig.ledger.look = request -> {
            session.steer("first", Map.of());
            session.steer("second", Map.of());
            return new LedgerTool().look.apply(request);
        };
        rig.model.says(calls(call("ledger_look", LOOK)), text("heard"));

        rig.run(session);

        assertThat(said(0)).containsExactly(GOAL);
        assertThat(said(1)).containsExactly(GOAL, "first", "second");
        List<ChatMessage> last = rig.model.requests.get(1).messages();
        assertThat(last.subList(last.size() - 2, last.size())).allMatch(UserMessage.class::isInstance);
    }

    @Test
    void hearsWhatWasSaidBeforeTheRunBegan() {
        session.steer("in euros, please", Map.of());
        FakeSession begun = new FakeSession(FakeSession.run(GOAL, 1), session.journal());
        rig.model.says(text("done"));

        rig.run(begun);

        assertThat(said(0)).containsExactly(GOAL, "in euros, please");
        assertThat(AgentRig.body(begun.journal().get(1)).path("steered").asText())
                .isEqualTo("1");
    }

    @Test
    void takesOneMoreRoundForWhatWasSaidDuringTheLastOne() {
        rig.model.does(request -> {
            session.steer("and the price of it?", Map.of());
            return ChatResponse.builder().aiMessage(text("1234.50 USDC")).build();
        });
        rig.model.says(text("one dollar"));

        RunEnding ending = rig.run(session);

        assertThat(ending.reply()).contains("one dollar");
        assertThat(said(1)).containsExactly(GOAL, "and the price of it?");
        assertThat(rig.model.requests.get(1).messages()).hasSize(4);
    }

    @Test
    void countsOnlyTheLatestOfSeveralValues() {
        session.steer("", Map.of("maxRounds", 1, "answer", "half an ether"));
        session.steer("", Map.of("maxRounds", 3));
        session.steer("", Map.of("maxRounds", 2, "answer", "a whole ether", "inferenceProvider", "other"));
        rig.model.says(calls(call("ledger_look", LOOK)), calls(call("ledger_look", LOOK)), text("too late"));

        RunEnding ending = rig.run(session);

        assertThat(ending.errorCode()).contains("RUN_ROUNDS_EXHAUSTED");
        assertThat(rig.model.requests).hasSize(2);
        assertThat(said(0)).containsExactly(GOAL, "a whole ether");
        assertThat(rig.model.wanted).containsOnly(java.util.Optional.of("other"));
    }

    @Test
    void answersWhatTheAgentAskedBackWithoutANewRun() {
        rig.model.does(request -> {
            session.steer("", Map.of("answer", "0.5 ETH"));
            return ChatResponse.builder()
                    .aiMessage(text("{\"reply\":\"How much?\",\"status\":\"needs_input\",\"missing\":[\"amount\"]}"))
                    .build();
        });
        rig.model.says(text("paid"));

        assertThat(rig.run(session).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void goesBeyondTheConfiguredRoundsWhenSomebodyAllowsIt() {
        AgentRig small = new AgentRig(TestConfigs.agent().withRounds(1));
        small.ledger.look = request -> {
            session.steer("", Map.of("maxRounds", 2));
            return new LedgerTool().look.apply(request);
        };
        small.model.says(calls(call("ledger_look", LOOK)), text("done"));

        assertThat(small.run(session).reply()).contains("done");
    }

    @Test
    void hearsTheSameAgainWhenItIsContinuedAtAnyEntry() {
        List<List<String>> undisturbed = new ArrayList<>();
        List<ChatMessageType> types = new ArrayList<>();
        List<JournalEntry> whole = steeredRun(undisturbed, types);
        for (int survivors = 0; survivors < whole.size(); survivors++) {
            List<JournalEntry> left = whole.subList(0, survivors);
            AgentRig again = new AgentRig();
            again.model.says(calls(call("ledger_look", LOOK)), text("noted"), text("done"));
            int replies = (int) left.stream()
                    .filter(entry -> entry.type().equals(EntryTypes.INFERENCE_REPLIED))
                    .count();
            again.model.skip(replies);
            FakeSession second = new FakeSession(FakeSession.run(GOAL, 2), left);
            RunEnding ending = again.run(second);
            assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
            List<String> heard = undisturbed.get(2).subList(0, 1 + words(left));
            int last = again.model.requests.size() - 1;
            if (last >= 0) {
                assertThat(said(again, last))
                        .as("cut after %s entries", survivors)
                        .isEqualTo(heard);
            }
            if (replies == 2) {
                assertThat(again.model.requests.get(0).messages())
                        .as("a recorded round has heard what it had heard then")
                        .extracting(ChatMessage::type)
                        .isEqualTo(types.subList(0, 6 + words(left) - 1));
            }
        }
    }

    @Test
    void staysPausedWhenItIsStoppedBetweenTheSteps() {
        rig.model.says(calls(call("ledger_look", LOOK)), text("done"));
        session.halt = new org.openmcpchain.core.run.RunSuspendedException();
        session.haltAfterChecks = 2;

        assertThatThrownBy(() -> rig.run(session)).isSameAs(session.halt);

        FakeSession second = new FakeSession(FakeSession.run(GOAL, 2), session.journal());
        assertThat(rig.run(second).reply()).contains("done");
        assertThat(rig.ledger.looks).hasValue(1);
    }

    /** How many words are said in these entries; the answer of the second signal counts, too. */
    private static int words(List<JournalEntry> entries) {
        int signals = (int) entries.stream()
                .filter(entry -> entry.type().equals(EntryTypes.RUN_STEERED))
                .count();
        return signals == 2 ? 3 : signals;
    }

    private static List<JournalEntry> steeredRun(List<List<String>> words, List<ChatMessageType> types) {
        AgentRig rig = new AgentRig();
        FakeSession session = new FakeSession(FakeSession.run(GOAL, 1), List.of());
        rig.ledger.look = request -> {
            session.steer("one", Map.of());
            return new LedgerTool().look.apply(request);
        };
        rig.model.says(calls(call("ledger_look", LOOK)));
        rig.model.does(request -> {
            session.steer("two", Map.of("answer", "three"));
            return ChatResponse.builder().aiMessage(text("noted")).build();
        });
        rig.model.says(text("done"));
        rig.run(session);
        for (int i = 0; i < rig.model.requests.size(); i++) {
            words.add(said(rig, i));
        }
        rig.model.requests.get(2).messages().forEach(message -> types.add(message.type()));
        assertThat(words.get(2)).containsExactly(GOAL, "one", "two", "three");
        return session.journal();
    }

    private List<String> said(int request) {
        return said(rig, request);
    }

    private static List<String> said(AgentRig rig, int request) {
        return rig.model.requests.get(request).messages().stream()
                .filter(UserMessage.class::isInstance)
                .map(message -> ((UserMessage) message).singleText())
                .toList();
    }
}
