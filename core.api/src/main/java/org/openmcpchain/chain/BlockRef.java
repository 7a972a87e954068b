/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.time.Instant;

/**
 * A block.
 *
 * @param number its height
 * @param hash its hash, 0x hex
 * @param timestamp its time stamp
 */
public record BlockRef(long number, String hash, Instant timestamp) {}
