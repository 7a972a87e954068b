/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

/**
 * What a walk along a stream found.
 *
 * @param stream the stream
 * @param entries how many entries were read
 * @param intact whether each entry's hash and its link to the one before are right, and none is missing
 * @param damage what was done to it
 * @param firstBroken the sequence number of the first entry that is not right or not there, or 0
 * @param detail what is wrong with it, or null
 * @param headHash the hash of the last entry, or 64 zeros for an empty stream
 */
public record JournalCheck(
        String stream, long entries, boolean intact, Damage damage, long firstBroken, String detail, String headHash) {}
