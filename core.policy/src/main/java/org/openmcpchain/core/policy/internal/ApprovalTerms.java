/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.policy.Decision;

/**
 * Who is asked, and until when.
 *
 * @param approvers the principals who may answer, {@code *} for everybody; never empty
 * @param quorum how many different ones must say yes, at least 1
 * @param expires how long the question stands
 * @param onExpiry what holds when nobody answered in time: {@code DENY} or {@code ALLOW}
 * @param otherThanRequester whether the principal of the intent may not answer
 */
record ApprovalTerms(
        List<String> approvers, int quorum, Duration expires, Decision onExpiry, boolean otherThanRequester) {

    /** Everybody may answer, one yes is enough, within an hour; then it is denied. */
    static final ApprovalTerms STANDARD = new ApprovalTerms(List.of("*"), 1, Duration.ofHours(1), Decision.DENY, false);

    /** Copies the list. */
    ApprovalTerms {
        approvers = List.copyOf(approvers);
    }

    /**
     * Both terms at once: the stricter of each, or empty when nobody may answer under both. Strict is a short time for a
     * yes, and a long one for an objection.
     */
    Optional<ApprovalTerms> and(ApprovalTerms other) {
        List<String> common = common(other);
        if (common.isEmpty()) {
            return Optional.empty();
        }
        boolean vetoed = isVetoed() && other.isVetoed();
        Duration shorter = expires.compareTo(other.expires) < 0 ? expires : other.expires;
        Duration longer = expires.compareTo(other.expires) < 0 ? other.expires : expires;
        return Optional.of(new ApprovalTerms(
                common,
                Math.max(quorum, other.quorum),
                vetoed ? longer : shorter,
                vetoed ? Decision.ALLOW : Decision.DENY,
                otherThanRequester || other.otherThanRequester));
    }

    /** All terms at once, or empty when nobody may answer under all of them. */
    static Optional<ApprovalTerms> all(List<ApprovalTerms> every) {
        Optional<ApprovalTerms> all = Optional.of(every.get(0));
        for (ApprovalTerms next : every.subList(1, every.size())) {
            all = all.flatMap(terms -> terms.and(next));
        }
        return all;
    }

    /** Whether an answer under these terms is worth as much as one under the others. */
    boolean areAsStrictAs(ApprovalTerms other) {
        return areOnlyFor(other)
                && quorum >= other.quorum
                && (otherThanRequester || !other.otherThanRequester)
                && endAsStrictAs(other);
    }

    private boolean areOnlyFor(ApprovalTerms other) {
        return other.approvers.contains("*") || !approvers.contains("*") && other.approvers.containsAll(approvers);
    }

    private boolean endAsStrictAs(ApprovalTerms other) {
        if (isVetoed()) {
            return other.isVetoed() && expires.compareTo(other.expires) >= 0;
        }
        return other.isVetoed() || expires.compareTo(other.expires) <= 0;
    }

    private boolean isVetoed() {
        return onExpiry == Decision.ALLOW;
    }

    private List<String> common(ApprovalTerms other) {
        if (approvers.contains("*")) {
            return other.approvers;
        }
        return other.approvers.contains("*")
                ? approvers
                : approvers.stream().filter(other.approvers::contains).toList();
    }
}
