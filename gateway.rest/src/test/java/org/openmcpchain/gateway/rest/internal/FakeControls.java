/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalCare;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.Approvals;
import org.openmcpchain.policy.Ledgers;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.DeadLetter;
import org.openmcpchain.run.DeadLetters;
import org.openmcpchain.run.Signals;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Sessions;
import org.openmcpchain.testing.FakeService;
import org.openmcpchain.testing.Samples;

/** The services by which people steer the host; each answers with a sample. */
final class FakeControls {

    final FakeService<Approvals> approvals = new FakeService<>(Approvals.class)
            .on("list", asked -> Samples.page(Samples.approval(Approval.State.PENDING)))
            .on(
                    "find",
                    asked -> asked[0].equals("a1")
                            ? Optional.of(Samples.approval(Approval.State.PENDING))
                            : Optional.empty())
            .on(
                    "approve",
                    asked -> Samples.approval(
                            Approval.State.APPROVED,
                            new Approval.Vote(asked[1].toString(), true, asked[3].toString(), Samples.AT)))
            .on("reject", asked -> Samples.approval(Approval.State.REJECTED));
    final FakeService<Policies> policies = new FakeService<>(Policies.class)
            .on("current", asked -> Samples.policy(3))
            .on("version", asked -> asked[0].equals(2L) ? Optional.of(Samples.policy(2)) : Optional.empty())
            .on("history", asked -> List.of(Samples.policy(3), Samples.policy(2)))
            .on("check", asked -> asked[0].equals("good: 1") ? List.of() : List.of("line 1: no rules"))
            .on("update", asked -> Samples.policy((long) asked[0] + 1))
            .on("dryRun", asked -> Samples.dryRun());
    final FakeService<Ledgers> ledgers = new FakeService<>(Ledgers.class)
            .on("usage", asked -> List.of(Samples.cap(true)))
            .on("reset", asked -> Samples.cap(false));
    final FakeService<Sessions> sessions = new FakeService<>(Sessions.class)
            .on("list", asked -> Samples.page(Samples.session(MessageMode.COLLECT)))
            .on(
                    "find",
                    asked -> asked[0].equals("default/default/main")
                            ? Optional.of(Samples.session(MessageMode.STEER))
                            : Optional.empty())
            .on("create", asked -> Samples.session((MessageMode) asked[1]))
            .on("send", asked -> Samples.accepted(true))
            .on("history", asked -> List.of(Samples.turn()))
            .on("mode", asked -> Samples.session((MessageMode) asked[1]))
            .on("reset", asked -> Samples.session(MessageMode.STEER))
            .on("compact", asked -> Samples.session(MessageMode.STEER));
    final FakeService<Signals> signals =
            new FakeService<>(Signals.class).on("steer", asked -> 17L).on("collect", asked -> collected(asked[1]));
    final FakeService<DeadLetters> letters = new FakeService<>(DeadLetters.class)
            .on("list", asked -> Samples.page(Samples.letter(DeadLetter.State.OPEN)))
            .on(
                    "find",
                    asked -> asked[0].equals("run-1")
                            ? Optional.of(Samples.letter(DeadLetter.State.OPEN))
                            : Optional.empty())
            .on("discard", asked -> Samples.letter(DeadLetter.State.DISCARDED));
    final FakeService<JournalAudit> audit = new FakeService<>(JournalAudit.class)
            .on("verifyAll", asked -> walked(asked[0]))
            .on("checkpoint", asked -> Samples.checkpoint())
            .on("checkpoints", asked -> List.of(Samples.checkpoint()));
    final FakeService<JournalCare> care = new FakeService<>(JournalCare.class)
            .on("compact", asked -> new JournalCare.Compaction(3, 90, "2026-11.omj", Samples.HASH))
            .on("snapshot", asked -> Samples.snapshot((boolean) asked[0] ? "" : "20261119-1"))
            .on("snapshots", asked -> List.of(Samples.snapshot("")))
            .on("verify", asked -> Samples.snapshot(""));

    List<Object> services() {
        return List.of(
                approvals.service(),
                policies.service(),
                ledgers.service(),
                sessions.service(),
                signals.service(),
                letters.service(),
                audit.service(),
                care.service());
    }

    @SuppressWarnings("unchecked")
    private static Collected collected(Object each) {
        Samples.collected().parts().forEach((Consumer<Collected.Part>) each);
        return Samples.collected();
    }

    @SuppressWarnings("unchecked")
    private static JournalAudit.Report walked(Object progress) {
        ((Consumer<JournalAudit.Progress>) progress).accept(new JournalAudit.Progress(6, 12));
        return Samples.report(Samples.truncated());
    }
}
