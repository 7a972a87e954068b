/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is said, nothing is sent that was not said: goals put together at random from the words of real ones. */
class InventionTest {

    private static final List<String> WORDS = List.of(
            "barter",
            "lend",
            "grant",
            "lock",
            "stream",
            "a badge",
            "2",
            "TOK",
            "0.5 ETH",
            "ether",
            "DAI",
            "100 USDC",
            "for",
            "to",
            "into",
            "with",
            "against",
            "not",
            "do not",
            "how",
            "please",
            "half",
            "all my",
            "carol.eth",
            "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
            "1 %",
            "at most",
            "drift",
            "over",
            "30 days",
            "an hour",
            "and",
            "then",
            ",",
            ".",
            "?",
            "if",
            "the pool",
            "#7",
            "vote",
            "proposal",
            "price of",
            "\"a note\"",
            "-3",
            "10-20");

    private final ChatModel model = new PlannerProvider().chat();
    private final List<ToolSpecification> tools = InventedTools.all();
    private final Set<String> choices = Set.of("in_favour", "against", "abstain", "supply", "borrow");

    @Property(tries = 3_000)
    void sendsOnlyWhatWasSaid(@ForAll("goals") String goal) throws IOException {
        List<String> said = Sentence.read(
                        Lexicons.SHARED,
                        Vocabulary.of(List.of("ETH", "USDC", "DAI", "TOK", "WETH"), List.of("carol.eth")),
                        goal)
                .entities()
                .stream()
                .filter(entity -> !entity.is(Entity.Kind.BROKEN) && !entity.is(Entity.Kind.RELATIVE))
                .map(Entity::value)
                .toList();
        for (ToolExecutionRequest call :
                model.chat(InventedTools.request(tools, goal)).aiMessage().toolExecutionRequests()) {
            if (effect(call.name()).equals("READ")) {
                continue;
            }
            JsonNode arguments = InventedTools.JSON.readTree(call.arguments());
            for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
                String value = argument.getValue().asText();
                assertThat(said.contains(value) || choices.contains(value) || goal.contains(value))
                        .as("%s of %s in: %s", argument, call.name(), goal)
                        .isTrue();
            }
        }
    }

    @Provide
    Arbitrary<String> goals() {
        return Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(14).map(words -> words.stream()
                .collect(Collectors.joining(" ")));
    }

    private String effect(String tool) {
        return tools.stream()
                .filter(specification -> specification.name().equals(tool))
                .map(specification ->
                        specification.metadata().get("openmcp.effect").toString())
                .findFirst()
                .orElseThrow();
    }

    /** One lexicon for three thousand goals. */
    private static final class Lexicons {
        static final Lexicon SHARED = Lexicon.load();
    }
}
