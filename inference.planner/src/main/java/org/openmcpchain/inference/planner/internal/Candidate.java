/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One way to fill one argument.
 *
 * @param parameter the argument
 * @param entity where the value stands
 * @param value the value as it is sent
 * @param score how well it fits
 * @param evidence whether its neighbours speak for it, not only its kind
 * @param role the side of an exchange that the sentence puts it on
 */
record Candidate(Parameter parameter, Entity entity, JsonNode value, double score, double evidence, Role role) {}
