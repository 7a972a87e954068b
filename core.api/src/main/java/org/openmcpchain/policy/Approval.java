/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question to people: may this very intent be carried out?
 *
 * @param id a UUIDv7 in its text form
 * @param state where it is
 * @param intent what is asked for, decoded
 * @param intentHash the SHA-256 of the intent's canonical JSON, lower-case hex; whoever approves must name it
 * @param policyVersion the version of the policy that asks
 * @param rule the rule that asks
 * @param reason why it asks
 * @param summary the intent in one plain sentence
 * @param lines the intent in plain words, one line for each action, balance change and limit
 * @param required how many different people must approve
 * @param votes who said what so far, oldest first
 * @param createdAt when it was asked
 * @param expiresAt when the question lapses
 * @param onExpiry the verdict once it has lapsed: {@code ALLOW} or {@code DENY}
 * @param closedAt when it left {@code PENDING}, or empty
 * @param usedAt when the approved intent was carried out, or empty
 */
public record Approval(
        String id,
        State state,
        Intent intent,
        String intentHash,
        String policyVersion,
        String rule,
        String reason,
        String summary,
        List<String> lines,
        int required,
        List<Vote> votes,
        Instant createdAt,
        Instant expiresAt,
        Decision onExpiry,
        Optional<Instant> closedAt,
        Optional<Instant> usedAt) {

    /** Where an approval is. */
    public enum State {
        /** People are asked. */
        PENDING,
        /** Enough people have approved; the intent may be carried out once. */
        APPROVED,
        /** Somebody has rejected it. */
        REJECTED,
        /** Nobody answered in time; its default verdict holds. */
        EXPIRED,
        /** The approved intent was carried out. */
        USED,
        /** The policy has changed since, or the run has ended: the answer would mean nothing any more. */
        WITHDRAWN
    }

    /**
     * What one person said.
     *
     * @param principal who
     * @param approves yes or no
     * @param comment what was said, or empty
     * @param at when
     */
    public record Vote(String principal, boolean approves, String comment, Instant at) {}

    /** Copies the lists. */
    public Approval {
        lines = List.copyOf(lines);
        votes = List.copyOf(votes);
    }
}
