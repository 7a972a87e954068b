/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

import java.time.Instant;

/**
 * The state of the whole journal at one moment.
 *
 * @param number 1 for the first, then one more each
 * @param at when
 * @param streams how many streams there were
 * @param entries how many entries they had together
 * @param root the root of the Merkle tree over all heads, lower-case hex
 * @param previous the root before, or 64 zeros
 */
public record Checkpoint(long number, Instant at, long streams, long entries, String root, String previous) {}
