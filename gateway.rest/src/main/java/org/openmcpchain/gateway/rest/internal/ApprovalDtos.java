/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.run.Page;

/** Approvals as they travel. */
final class ApprovalDtos {

    private ApprovalDtos() {}

    @Schema(name = "Approving", description = "A yes.")
    record Approving(
            @Schema(
                            description = "The intentHash of the approval that was read; another one is refused.",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String intentHash,
            @Schema(description = "At most 1,000 characters; it goes into the journal.") String comment) {}

    @Schema(name = "Rejecting", description = "A no.")
    record Rejecting(
            @Schema(
                            description = "Why, at most 1,000 characters; the run ends with it.",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    String reason) {}

    @Schema(name = "Vote", description = "What one person said.")
    record VoteView(String principal, boolean approves, String comment, String at) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Approval", description = "A question to people: may this very intent be carried out?")
    record ApprovalView(
            String id,
            @Schema(description = "PENDING, APPROVED, REJECTED, EXPIRED, USED or WITHDRAWN.") String state,
            @Schema(description = "The intent in one plain sentence.") String summary,
            @Schema(description = "The intent in plain words: each action, balance change and limit.")
                    List<String> lines,
            @Schema(description = "Whoever approves must send it back.") String intentHash,
            @Schema(description = "Why the rule asks.") String reason,
            String rule,
            String policyVersion,
            @Schema(description = "How many different people must approve.") int required,
            List<VoteView> votes,
            String createdAt,
            String expiresAt,
            @Schema(description = "The verdict once it has lapsed: ALLOW or DENY.") String onExpiry,
            String closedAt,
            String usedAt,
            IntentDtos.IntentView intent,
            @Schema(description = "Where to go from here.") Map<String, String> links) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ApprovalPage", description = "A part of the list of approvals.")
    record ApprovalPage(List<ApprovalView> items, long total, Integer nextOffset) {}

    static ApprovalView of(Approval approval) {
        String self = ApiApplication.BASE + "/approvals/" + approval.id();
        return new ApprovalView(
                approval.id(),
                approval.state().name(),
                approval.summary(),
                approval.lines(),
                approval.intentHash(),
                approval.reason(),
                approval.rule(),
                approval.policyVersion(),
                approval.required(),
                approval.votes().stream()
                        .map(vote -> new VoteView(
                                vote.principal(),
                                vote.approves(),
                                vote.comment(),
                                vote.at().toString()))
                        .toList(),
                approval.createdAt().toString(),
                approval.expiresAt().toString(),
                approval.onExpiry().name(),
                approval.closedAt().map(Instant::toString).orElse(null),
                approval.usedAt().map(Instant::toString).orElse(null),
                IntentDtos.IntentView.of(approval.intent()),
                links(self, approval));
    }

    static ApprovalPage of(Page<Approval> page) {
        return new ApprovalPage(
                page.items().stream().map(ApprovalDtos::of).toList(), page.total(), TaskDtos.next(page));
    }

    private static Map<String, String> links(String self, Approval approval) {
        return approval.intent()
                .runId()
                .map(run -> Map.of("self", self, "task", ApiApplication.BASE + "/tasks/" + run))
                .orElse(Map.of("self", self));
    }
}
