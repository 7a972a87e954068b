/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One way to fill one argument.
 *
 * @param parameter the argument
 * @param entity where the value stands
 * @param value the value as it is sent
 * @param score how well it fits
 * @param evidence whether its neighbours speak for it, not only its kind
 * @param more further values that the sentence asks for as well, one call each
 * @param role the side of an exchange that the sentence puts it on
 */
record Candidate(
        Parameter parameter,
        Entity entity,
        JsonNode value,
        List<JsonNode> more,
        double score,
        double evidence,
        Role role) {

    /** Copies the list. */
    Candidate {
        more = List.copyOf(more);
    }

    Candidate(Parameter parameter, Entity entity, JsonNode value, double score, double evidence, Role role) {
        this(parameter, entity, value, List.of(), score, evidence, role);
    }

    Candidate with(List<JsonNode> further) {
        return new Candidate(parameter, entity, value, further, score, evidence, role);
    }
}
