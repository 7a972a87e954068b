/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is written down of a turn that has ended. */
final class TurnEnd {

    private static final Logger LOG = LoggerFactory.getLogger(TurnEnd.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_TRANSACTIONS = 20;
    private static final int MAX_DESCRIPTION = 200;

    private TurnEnd() {}

    /**
     * The body of the answer.
     *
     * @param run the run, or empty if the host does not know it any more
     * @param returned numbers of messages that it was handed and did not take
     */
    static Map<String, Object> of(ActiveTurn turn, Optional<Run> run, List<Long> returned) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("run", turn.run());
        body.put("state", run.map(Run::state).orElse(RunState.FAILED));
        body.put("answer", run.map(TurnEnd::words).orElse(RunError.RUN_UNKNOWN.summary()));
        body.put("code", run.map(TurnEnd::code).orElse(RunError.RUN_UNKNOWN.name()));
        body.put("returned", returned);
        body.put(
                "transactions",
                run.flatMap(Run::result).map(TurnEnd::transactions).orElse(List.of()));
        return body;
    }

    /** The body of the answer to messages that no run could be made for. */
    static Map<String, Object> refused(List<Long> messages, HostException refusal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", RunState.FAILED);
        body.put("answer", refusal.plainText());
        body.put("code", refusal.code().name());
        body.put("messages", messages);
        return body;
    }

    private static String words(Run run) {
        return run.reply().or(run::errorDetail).orElse("");
    }

    private static String code(Run run) {
        return run.errorCode().orElse(null);
    }

    private static List<Map<String, String>> transactions(String result) {
        List<Map<String, String>> found = new ArrayList<>();
        try {
            for (JsonNode transaction : JSON.readTree(result).path("transactions")) {
                if (found.size() < MAX_TRANSACTIONS) {
                    found.add(Map.of(
                            "hash", Excerpt.of(transaction.path("hash").asText(), MAX_DESCRIPTION),
                            "state", Excerpt.of(transaction.path("state").asText(), MAX_DESCRIPTION),
                            "description",
                                    Excerpt.of(transaction.path("description").asText(), MAX_DESCRIPTION)));
                }
            }
        } catch (JsonProcessingException e) {
            LOG.debug("The result of a run is not JSON; its transactions are not listed", e);
        }
        return found;
    }
}
