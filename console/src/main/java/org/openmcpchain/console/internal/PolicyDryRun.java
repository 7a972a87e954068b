/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.time.Instant;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.policy.Policies;

/** {@code policy:dry-run}. */
@Service
@Command(
        scope = "policy",
        name = "dry-run",
        description = "Judges past decisions by a draft of a policy",
        detailedDescription =
                "Prints the decisions that would have been different. Nothing is reserved, held or carried out.\n\n"
                        + "    policy:dry-run --since 2026-10-20T00:00:00Z etc/policy.yaml")
public final class PolicyDryRun extends DraftCommand {

    @Option(name = "--run", description = "Only decisions about this run")
    @Completion(RunIds.class)
    String run;

    @Option(name = "--since", description = "Only decisions from this ISO-8601 time on")
    String since;

    @Option(name = "--until", description = "Only decisions before this ISO-8601 time")
    String until;

    @Override
    void run(Screen screen) {
        Policies.DryRun result = policies()
                .dryRun(
                        text(),
                        new Policies.Scope(
                                Optional.ofNullable(run),
                                Input.instant("since", since).orElse(Instant.EPOCH),
                                Input.instant("until", until).orElseGet(Instant::now)));
        screen.list(
                Rows.of(
                        result.changed().stream().map(Json::of),
                        "No decision would have been different.",
                        "at",
                        "stream",
                        "point",
                        "subject",
                        "was",
                        "would",
                        "wouldRule",
                        "reason"),
                Json.object()
                        .put("draft", result.draft())
                        .put("judged", result.judged())
                        .put("same", result.same())
                        .put("truncated", result.truncated()));
        screen.note(result.judged() + " decisions, " + result.same() + " the same under " + result.draft()
                + (result.truncated() ? "; there are more than are shown" : ""));
    }
}
