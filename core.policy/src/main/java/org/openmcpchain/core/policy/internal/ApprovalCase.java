/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approval.State;
import org.openmcpchain.policy.Decision;

/**
 * An approval with everything that its answer depends on. Immutable.
 *
 * @param approval what people see
 * @param key what the intent is known by
 * @param terms who may answer
 * @param closing why it was closed, fit for people, or empty
 */
record ApprovalCase(Approval approval, String key, ApprovalTerms terms, String closing) {

    String id() {
        return approval.id();
    }

    State state() {
        return approval.state();
    }

    /** Whether an answer may still come, or may still be used. */
    boolean isLive() {
        return state() == State.PENDING || state() == State.APPROVED;
    }

    boolean isOverdue(Instant now) {
        return state() == State.PENDING && !now.isBefore(approval.expiresAt());
    }

    /** Whether it was let through by its default verdict and not by people. */
    boolean isByDefault() {
        return approval.onExpiry() == Decision.ALLOW
                && approval.votes().stream().filter(Approval.Vote::approves).count() < approval.required();
    }

    /** The same with one more vote, and its consequence. */
    ApprovalCase with(Approval.Vote vote) {
        List<Approval.Vote> votes = new ArrayList<>(approval.votes());
        votes.add(vote);
        long yes = votes.stream().filter(Approval.Vote::approves).count();
        State next = !vote.approves() ? State.REJECTED : yes >= approval.required() ? State.APPROVED : State.PENDING;
        Optional<Instant> closed = next == State.PENDING ? Optional.empty() : Optional.of(vote.at());
        return to(next, votes, closed, approval.usedAt(), vote.approves() ? "" : vote.comment());
    }

    /** Nobody answered in time. */
    ApprovalCase expired(Instant at) {
        return to(State.EXPIRED, approval.votes(), Optional.of(at), approval.usedAt(), "nobody answered in time");
    }

    /** The answer would mean nothing any more. */
    ApprovalCase withdrawn(Instant at, String why) {
        return to(
                State.WITHDRAWN,
                approval.votes(),
                Optional.of(approval.closedAt().orElse(at)),
                approval.usedAt(),
                why);
    }

    /** The intent may be carried out now, and under no other key. */
    ApprovalCase used(Instant at) {
        return to(
                State.USED,
                approval.votes(),
                Optional.of(approval.closedAt().orElse(at)),
                Optional.of(at),
                "the verdict allows it");
    }

    private ApprovalCase to(
            State state, List<Approval.Vote> votes, Optional<Instant> closed, Optional<Instant> used, String why) {
        return new ApprovalCase(
                new Approval(
                        approval.id(),
                        state,
                        approval.intent(),
                        approval.intentHash(),
                        approval.policyVersion(),
                        approval.rule(),
                        approval.reason(),
                        approval.summary(),
                        approval.lines(),
                        approval.required(),
                        votes,
                        approval.createdAt(),
                        approval.expiresAt(),
                        approval.onExpiry(),
                        closed,
                        used),
                key,
                terms,
                why);
    }
}
