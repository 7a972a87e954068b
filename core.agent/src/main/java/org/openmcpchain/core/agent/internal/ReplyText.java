/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The two parts of an answer, and what kind of answer it is.
 *
 * @param reply the answer in words; empty when the model said nothing
 * @param thought what the model thought, or empty
 * @param status what kind of answer it is
 * @param missing names of arguments that are needed, for {@link Status#NEEDS_INPUT}
 */
record ReplyText(Optional<String> reply, Optional<String> thought, Status status, List<String> missing) {

    private static final int MAX_MISSING = 32;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(ToolJson.MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What kind of answer it is. */
    enum Status {
        ANSWERED,
        NEEDS_INPUT,
        NO_TOOL
    }

    /** Text that is a JSON object with a {@code reply} is split; any other text is the reply as it stands. */
    static ReplyText of(String text, String thinking) {
        Optional<String> thought = present(thinking);
        if (text == null || text.isBlank()) {
            return new ReplyText(Optional.empty(), thought, Status.ANSWERED, List.of());
        }
        return object(text)
                .filter(object -> object.path("reply").isTextual())
                .map(object -> new ReplyText(
                        present(object.path("reply").asText()),
                        present(object.path("thought").asText(null)).or(() -> thought),
                        status(object.path("status").asText("")),
                        missing(object.path("missing"))))
                .orElseGet(() -> new ReplyText(Optional.of(text.strip()), thought, Status.ANSWERED, List.of()));
    }

    private static Optional<JsonNode> object(String text) {
        String json = unfenced(text.strip());
        if (!json.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Models like to put JSON into a fenced block. */
    private static String unfenced(String text) {
        int firstLine = text.indexOf('\n');
        boolean fenced =
                text.startsWith("```") && text.endsWith("```") && firstLine > 0 && firstLine < text.length() - 3;
        return fenced ? text.substring(firstLine + 1, text.length() - 3).strip() : text;
    }

    private static Status status(String word) {
        return switch (word) {
            case "needs_input" -> Status.NEEDS_INPUT;
            case "no_tool" -> Status.NO_TOOL;
            default -> Status.ANSWERED;
        };
    }

    private static List<String> missing(JsonNode names) {
        return StreamSupport.stream(names.spliterator(), false)
                .filter(JsonNode::isTextual)
                .limit(MAX_MISSING)
                .map(name -> Texts.bounded(name.asText(), 64))
                .toList();
    }

    private static Optional<String> present(String text) {
        return Optional.ofNullable(Texts.wellFormed(text)).filter(words -> !words.isBlank());
    }
}
