/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.session.ContextBlock;

/**
 * What an agent is told beside the goal: background for the system message, and what was said before for the messages in
 * front of the goal.
 *
 * @param blocks in the order in which a model reads them
 */
record Briefing(List<ContextBlock> blocks) {

    static final Briefing NONE = new Briefing(List.of());

    /** Written as JSON, which can make six characters of one, all blocks together fit one journal entry. */
    private static final int MAX_TEXT = 131_072;

    private static final int MAX_BLOCKS = 256;
    private static final int MAX_SOURCE = 128;

    /** Cuts down to what the journal can hold. */
    Briefing {
        List<ContextBlock> bounded = new ArrayList<>();
        int room = MAX_TEXT;
        for (ContextBlock block : blocks.subList(0, Math.min(blocks.size(), MAX_BLOCKS))) {
            if (room > 0 && !block.text().isBlank()) {
                String text = Texts.bounded(block.text(), room);
                room -= text.length();
                bounded.add(new ContextBlock(
                        block.kind(), Texts.bounded(block.source(), MAX_SOURCE), text, Math.max(0, block.tokens())));
            }
        }
        blocks = List.copyOf(bounded);
    }

    /** Summary, memory and knowledge as sections of the system message; empty when there are none. */
    String background() {
        StringBuilder text = new StringBuilder();
        for (ContextBlock block : blocks) {
            String heading = heading(block);
            if (!heading.isEmpty()) {
                // A block must not pass for the fenced part of the message that the host writes itself.
                text.append("\n\n## ")
                        .append(heading)
                        .append('\n')
                        .append(block.text().replace("```", "'''").strip());
            }
        }
        return text.toString();
    }

    /** What was said and answered before the goal, oldest first. */
    List<ChatMessage> turns() {
        List<ChatMessage> turns = new ArrayList<>();
        for (ContextBlock block : blocks) {
            if (block.kind() == ContextBlock.Kind.SAID) {
                turns.add(UserMessage.from(block.text()));
            } else if (block.kind() == ContextBlock.Kind.ANSWERED) {
                turns.add(AiMessage.from(block.text()));
            }
        }
        return turns;
    }

    /** The body of {@code context.prepared}. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("blocks", blocks.stream().map(Briefing::body).toList());
        return body;
    }

    /** Reads what {@link #body} wrote. */
    static Briefing of(JsonNode body) {
        List<ContextBlock> blocks = new ArrayList<>();
        body.path("blocks")
                .forEach(block -> blocks.add(new ContextBlock(
                        ContextBlock.Kind.valueOf(block.path("kind").asText()),
                        block.path("source").asText(),
                        block.path("text").asText(),
                        block.path("tokens").asInt())));
        return new Briefing(blocks);
    }

    private static Map<String, Object> body(ContextBlock block) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", block.kind());
        body.put("source", block.source());
        body.put("text", block.text());
        body.put("tokens", block.tokens());
        return body;
    }

    private static String heading(ContextBlock block) {
        return switch (block.kind()) {
            case SUMMARY -> "What was said earlier, in short";
            case MEMORY -> "What this session keeps in mind";
            case CARD -> "Knowledge: " + block.source().replaceAll("\\s+", " ");
            case SAID, ANSWERED -> "";
        };
    }
}
