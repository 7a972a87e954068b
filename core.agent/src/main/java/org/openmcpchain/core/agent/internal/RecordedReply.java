/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

/**
 * A reply that is in the journal.
 *
 * @param round the round that it belongs to, from 1
 * @param provider the id of the provider that gave it
 * @param label the provider's label
 * @param model the provider's model
 * @param reply what it says
 */
record RecordedReply(int round, String provider, String label, String model, ModelReply reply) {}
