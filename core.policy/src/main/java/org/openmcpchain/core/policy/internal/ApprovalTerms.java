/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Duration;
import java.util.List;
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
    static final ApprovalTerms STANDARD =
            new ApprovalTerms(List.of("*"), 1, Duration.ofHours(1), Decision.DENY, false);

    /** Copies the list. */
    ApprovalTerms {
        approvers = List.copyOf(approvers);
    }
}
