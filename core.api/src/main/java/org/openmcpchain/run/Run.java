/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A run as it stands. Immutable. */
@ProviderType
public interface Run {

    /** The run's id: a UUIDv7 in its text form, so ids sort by time. */
    String id();

    /** The id that the client chose, unique for each principal, or empty. */
    Optional<String> clientId();

    /** Who submitted it. */
    String principal();

    /** The goal in the person's words. */
    String goal();

    /** The CAIP-2 name of the network that it works on, or empty for the host's default. */
    Optional<String> network();

    /** The canonical key of the session that it belongs to, or empty. */
    Optional<String> session();

    /** The caller's metadata as a JSON object; handed back unchanged. */
    String metadata();

    /** Where it is. */
    RunState state();

    /** When it was submitted. */
    Instant createdAt();

    /** When its state last changed. */
    Instant updatedAt();

    /** When it ended, or empty. */
    Optional<Instant> endedAt();

    /** How often work on it was begun; more than 1 after a restart. */
    int attempts();

    /** Once ended: what the agent answers, in words; empty before, or when it failed. */
    Optional<String> reply();

    /** Once ended: what the agent thought, in words, or empty. */
    Optional<String> thought();

    /** Once ended: the result as a JSON object with outcome, observations, chain snapshot and tool results. */
    Optional<String> result();

    /** The error code of a run that failed, was denied or was cancelled, or empty. */
    Optional<String> errorCode();

    /** What went wrong in words, or empty. */
    Optional<String> errorDetail();

    /** The inference provider that was used, or empty. */
    Optional<String> provider();

    /** The SHA-256 of the receipt's payload, once ended, lower-case hex. */
    Optional<String> receiptDigest();

    /** The journal stream of this run. */
    default String stream() {
        return "run/" + id();
    }
}
