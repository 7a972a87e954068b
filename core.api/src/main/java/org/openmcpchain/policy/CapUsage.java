/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * One cap and its use by one holder.
 *
 * @param cap the cap's id in the policy
 * @param holder for whom it is counted: a principal, a session, a tool, a recipient, or {@code *} for everybody
 * @param unit in what: a CAIP-19 asset, {@code gas}, {@code wei}, {@code tokens}, {@code usd-micro} or {@code count}
 * @param limit how much is allowed, in base units
 * @param reserved how much of it is reserved and may still come back
 * @param settled how much of it is spent
 * @param windowEnds when the oldest part of it comes back, or empty for a cap without a window
 * @param blown whether this is a fuse that is open until a person resets it
 */
public record CapUsage(
        String cap,
        String holder,
        String unit,
        String limit,
        String reserved,
        String settled,
        Optional<Instant> windowEnds,
        boolean blown) {}
