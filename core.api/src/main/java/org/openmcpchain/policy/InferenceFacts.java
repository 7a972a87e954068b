/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

/**
 * What is known of a question to a model before it is asked.
 *
 * @param provider the provider's id
 * @param model the model's name
 * @param round which question of the run this is, from 1
 * @param inputTokens an upper bound of the tokens that go in
 * @param outputTokens an upper bound of the tokens that come out
 */
public record InferenceFacts(String provider, String model, int round, long inputTokens, long outputTokens) {}
