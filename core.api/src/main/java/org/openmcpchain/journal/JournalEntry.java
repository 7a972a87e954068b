/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.openmcpchain.proof.Digests;

/**
 * One entry of a stream.
 *
 * <p>{@code hash} is the SHA-256, in lower-case hex, of the canonical JSON (RFC 8785) of
 * {@code {"at","body","previous","seq","stream","type"}}, where {@code at} is ISO-8601 with always three decimal
 * places ({@code 2026-11-20T09:50:00.000Z}), {@code body} is the JSON object, {@code seq} is a decimal string and {@code previous} is the hash of the entry before it, or 64 zeros
 * for the first.
 *
 * @param stream {@code run/<id>} or {@code host}: 1 to 128 of {@code [A-Za-z0-9._:@/-]}
 * @param seq 1 for the first entry of a stream, then one more each
 * @param at when, in milliseconds
 * @param type for example {@code tx.signed}: 1 to 64 of {@code [a-z0-9.-]}
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

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The hash that an entry with these parts has; the body is taken to be in canonical form. */
    public static String hashOf(String stream, long seq, Instant at, String type, String body, String previous) {
        return Digests.sha256("{\"at\":\"" + MILLISECONDS.format(at) + "\",\"body\":" + body + ",\"previous\":\""
                + previous + "\",\"seq\":\"" + seq + "\",\"stream\":\"" + stream + "\",\"type\":\"" + type + "\"}");
    }

    /** The hash that this entry should have; another one in {@link #hash} means that it was changed. */
    public String expectedHash() {
        return hashOf(stream, seq, at, type, body, previous);
    }
}
