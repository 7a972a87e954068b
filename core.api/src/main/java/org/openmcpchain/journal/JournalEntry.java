/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

import java.time.Instant;

/**
 * One entry of a stream.
 *
 * <p>{@code hash} is the SHA-256, in lower-case hex, of the canonical JSON (RFC 8785) of
 * {@code {"at","body","previous","seq","stream","type"}}, where {@code at} is ISO-8601 in milliseconds, {@code body} is
 * the JSON object, {@code seq} is a decimal string and {@code previous} is the hash of the entry before it, or 64 zeros
 * for the first.
 *
 * @param stream {@code run/<id>} or {@code host}
 * @param seq 1 for the first entry of a stream, then one more each
 * @param at when, in milliseconds
 * @param type for example {@code tx.signed}
 * @param body a JSON object in canonical form; integers are strings, there are no floating-point numbers
 * @param previous the hash of the entry before
 * @param hash the hash of this entry
 */
public record JournalEntry(
        String stream, long seq, Instant at, String type, String body, String previous, String hash) {

    /** What stands for the hash before the first entry. */
    public static final String ORIGIN = "0".repeat(64);

    /** The stream of administrative acts. */
    public static final String HOST_STREAM = "host";
}
