/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import java.util.List;

/**
 * A price with where it comes from.
 *
 * @param summary one sentence for people
 * @param network the CAIP-2 name of the network
 * @param pair base and quote
 * @param price how much of the quote one unit of the base costs, as decimal text
 * @param mantissa the price times ten to the power of {@code decimals}, as decimal text
 * @param decimals how many decimal places the mantissa has
 * @param updatedAt when the source (of two, the older one) last changed, ISO-8601
 * @param ageSeconds how long ago that was
 * @param maxAgeSeconds from which age on a price counts as stale
 * @param stale whether it is older than that
 * @param derived whether it was computed from two feeds and not read from one
 * @param sources the feeds that it comes from
 * @param blockNumber the newest block when it was read
 */
public record Price(
        String summary,
        String network,
        String pair,
        String price,
        String mantissa,
        int decimals,
        String updatedAt,
        long ageSeconds,
        long maxAgeSeconds,
        boolean stale,
        boolean derived,
        List<Source> sources,
        long blockNumber) {

    /**
     * One feed's answer.
     *
     * @param provider who publishes it
     * @param feed its name in the address book
     * @param contract its contract, 0x hex
     * @param description what the contract says of itself
     * @param price its answer as decimal text
     * @param roundId the round of the answer, as decimal text
     * @param updatedAt when it last changed, ISO-8601
     */
    public record Source(
            String provider,
            String feed,
            String contract,
            String description,
            String price,
            String roundId,
            String updatedAt) {}
}
