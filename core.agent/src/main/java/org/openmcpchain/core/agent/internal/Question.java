/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.util.Optional;

/**
 * What a model is asked in one round.
 *
 * @param round which round of the run, from 1
 * @param conversation everything that was said and done so far
 * @param provider the provider that somebody wants, or empty for the preferred one
 * @param steered the last signal that the conversation holds, or 0
 */
record Question(int round, Conversation conversation, Optional<String> provider, long steered) {}
