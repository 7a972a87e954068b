/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells in plain words what tools brought, from nothing but their results and descriptions. */
final class Narrator {

    private static final int MAX_FIELDS = 14;
    private static final int MAX_VALUE = 240;
    private static final int MAX_DEPTH = 3;
    private static final Set<String> CORRECTABLE =
            Set.of("TOOL_ARGUMENTS_INVALID", "CHAIN_NAME_UNKNOWN", "REQUEST_INVALID");

    private final Catalogue catalogue;

    Narrator(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The answer after every call went well. */
    Plan answer(List<Conversation.Result> results, String remark) {
        List<String> parts = new ArrayList<>();
        for (Conversation.Result result : results) {
            parts.add(told(result));
        }
        if (!remark.isBlank()) {
            parts.add(remark);
        }
        return new Plan.Say(String.join("\n", parts), "every planned call is done; this is what they returned");
    }

    /** The answer after a call failed; the calls before it are told as well, since they happened. */
    Plan failure(List<Conversation.Result> results) {
        Conversation.Result last = results.get(results.size() - 1);
        String code = last.body().path("code").asText("FAILED");
        String detail = last.body().path("detail").asText("it gave no reason");
        StringBuilder reply = new StringBuilder();
        for (Conversation.Result done : results.subList(0, results.size() - 1)) {
            reply.append(done.failed() ? "" : told(done) + "\n");
        }
        reply.append(last.tool())
                .append(" failed: ")
                .append(bounded(detail))
                .append(" (")
                .append(code)
                .append(").");
        String thought = "the call failed, and I do not repeat a call that failed";
        if (!CORRECTABLE.contains(code)) {
            boolean retryable = last.body().path("retryable").asBoolean(false);
            reply.append(retryable ? " It may work later; say it again to try." : "");
            return new Plan.Say(reply.toString(), thought);
        }
        List<String> missing = Optional.of(
                        last.body().path("parameters").path("field").asText(""))
                .filter(field -> !field.isBlank())
                .map(List::of)
                .orElse(List.of());
        return new Plan.Ask(
                reply.append(" Please say it again with that corrected.").toString(), missing, thought);
    }

    /** The tool's own sentence when its result has one, otherwise what the result holds. */
    private String told(Conversation.Result result) {
        String own = result.body().path("result").path("summary").asText("");
        if (!own.isBlank()) {
            return bounded(own);
        }
        List<String> fields = new ArrayList<>();
        collect("", result.body().path("result"), 0, fields);
        String what = catalogue.cards().stream()
                .filter(card -> card.name().equals(result.tool()))
                .findFirst()
                .map(ToolCard::summary)
                .filter(summary -> !summary.isBlank())
                .map(summary -> result.tool() + " (" + bounded(summary) + ")")
                .orElse(result.tool());
        return fields.isEmpty() ? what + ": done." : what + ": " + String.join(", ", fields) + ".";
    }

    private static void collect(String path, JsonNode node, int depth, List<String> fields) {
        if (fields.size() >= MAX_FIELDS || node.isMissingNode() || node.isNull()) {
            return;
        }
        if (node.isValueNode()) {
            fields.add((path.isEmpty() ? "" : path + " ") + bounded(node.asText()));
        } else if (depth >= MAX_DEPTH) {
            fields.add(path + " …");
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path, node.get(i), depth + 1, fields);
            }
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String name = Words.spaced(field.getKey());
                collect(path.isEmpty() ? name : path + " " + name, field.getValue(), depth + 1, fields);
            }
        }
    }

    private static String bounded(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
    }
}
