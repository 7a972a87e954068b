/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What one feed says.
 *
 * @param feed its name in the address book
 * @param contract its contract, 0x hex
 * @param description what the contract says of itself
 * @param rate its answer
 * @param roundId the round of the answer
 * @param updatedAt when it last changed
 */
record Reading(String feed, String contract, String description, Rate rate, BigInteger roundId, Instant updatedAt) {

    Price.Source toSource() {
        return new Price.Source(
                ChainlinkFeeds.PROVIDER,
                feed,
                contract,
                description,
                rate.plain(),
                roundId.toString(),
                updatedAt.toString());
    }
}
