/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.policy.PolicyDocument;

/** The policy as it travels. */
final class PolicyDtos {

    private PolicyDtos() {}

    @Schema(
            name = "PolicyText",
            description =
                    "A policy as it is written. The same may be sent as application/yaml: then the body is the text.")
    record PolicyText(
            @Schema(description = "The version that the writer has read; If-Match says the same.") Long expectedVersion,
            @Schema(description = "YAML.", requiredMode = Schema.RequiredMode.REQUIRED) String text) {}

    @Schema(name = "Policy", description = "One version of the policy.")
    record PolicyView(
            long version,
            @Schema(description = "SHA-256 of its canonical form.") String digest,
            @Schema(description = "What verdicts name: the version and the beginning of the digest.") String label,
            @Schema(description = "YAML, as it was written.") String text,
            @Schema(description = "Who put it in force.") String principal,
            String at) {

        static PolicyView of(PolicyDocument document) {
            return new PolicyView(
                    document.version(),
                    document.digest(),
                    document.label(),
                    document.text(),
                    document.principal(),
                    document.at().toString());
        }
    }

    @Schema(name = "PolicyHistory", description = "Every version, newest first.")
    record PolicyHistory(List<PolicyView> items) {}

    @Schema(name = "PolicyCheck", description = "What is wrong with a draft.")
    record PolicyCheck(boolean valid, @Schema(description = "One line each.") List<String> problems) {}

    @Schema(name = "DryRunRequest", description = "A draft, and which decisions of the past it is to judge.")
    record DryRunRequest(
            @Schema(description = "YAML.", requiredMode = Schema.RequiredMode.REQUIRED) String text,
            @Schema(description = "One run; all when absent.") String run,
            @Schema(description = "From this ISO-8601 time on; from the beginning when absent.") String since,
            @Schema(description = "Before this ISO-8601 time; until now when absent.") String until) {}

    @Schema(name = "DryRun", description = "What a draft would have changed.")
    record DryRunView(
            @Schema(description = "The label that the draft would have.") String draft,
            @Schema(description = "How many decisions were looked at.") long judged,
            long same,
            @Schema(description = "Those that would have been different, oldest first.") List<ChangeView> changed,
            @Schema(description = "Whether there are more.") boolean truncated) {

        static DryRunView of(Policies.DryRun result) {
            return new DryRunView(
                    result.draft(),
                    result.judged(),
                    result.same(),
                    result.changed().stream().map(ChangeView::of).toList(),
                    result.truncated());
        }
    }

    @Schema(name = "DryRunChange", description = "A decision that would have been different.")
    record ChangeView(
            String stream,
            long seq,
            String at,
            String point,
            String subject,
            String was,
            String wasRule,
            String would,
            String wouldRule,
            String reason) {

        static ChangeView of(Policies.Change change) {
            return new ChangeView(
                    change.stream(),
                    change.seq(),
                    change.at().toString(),
                    change.point().name(),
                    change.subject(),
                    change.was().name(),
                    change.wasRule(),
                    change.would().name(),
                    change.wouldRule(),
                    change.reason());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Cap", description = "A cap and its use by one holder.")
    record CapView(
            @Schema(description = "The cap's id in the policy.") String cap,
            @Schema(description = "A principal, a session, a tool, a recipient, or * for everybody.") String holder,
            @Schema(description = "A CAIP-19 asset, gas, wei, tokens, usd-micro or count.") String unit,
            String limit,
            @Schema(description = "Reserved, and may still come back.") String reserved,
            @Schema(description = "Spent.") String settled,
            @Schema(description = "When the oldest part of it comes back.") String windowEnds,
            @Schema(description = "Whether it is a fuse that is open until somebody resets it.") boolean blown) {

        static CapView of(CapUsage usage) {
            return new CapView(
                    usage.cap(),
                    usage.holder(),
                    usage.unit(),
                    usage.limit(),
                    usage.reserved(),
                    usage.settled(),
                    usage.windowEnds().map(Instant::toString).orElse(null),
                    usage.blown());
        }
    }

    @Schema(name = "CapList", description = "Every cap of the policy in force with its use now.")
    record CapList(List<CapView> items) {}
}
