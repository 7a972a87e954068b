/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalAudit;
import org.openmcpchain.journal.JournalCheck;

/** {@code journal:verify}. */
@Service
@Command(
        scope = "journal",
        name = "verify",
        description = "Walks the journal and recomputes each hash",
        detailedDescription =
                "One stream, or without an argument every stream, compared with the checkpoints as well so that a cut tail"
                        + " shows. Fails with JOURNAL_BROKEN when an entry is not as it was written.")
public final class JournalVerify extends ConsoleCommand {

    @Reference(optional = true)
    Journal journal;

    @Reference(optional = true)
    JournalAudit audit;

    @Argument(index = 0, name = "stream", description = "host, run/<id> or session/<key>; all when absent")
    @Completion(Streams.class)
    String stream;

    @Override
    void run(Screen screen) {
        if (stream == null) {
            verifyAll(screen);
            return;
        }
        JournalCheck check = present(journal, "journal").verify(Input.text("stream", stream, StreamCommand.MAX_NAME));
        screen.show(Json.of(check));
        if (!check.intact()) {
            throw broken(check);
        }
    }

    private void verifyAll(Screen screen) {
        JournalAudit.Report report = present(audit, "journal audit").verifyAll(progress -> {
            if (progress.streams() > 0) {
                screen.note(progress.streams() + " of " + progress.of() + " streams");
            }
        });
        screen.told(Json.of(report), () -> {
            report.broken()
                    .forEach(check -> screen.note(check.stream() + "  " + check.damage() + " at " + check.firstBroken()
                            + ": " + check.detail()));
            screen.note(report.entries() + " entries in " + report.streams() + " streams, "
                    + report.checkpoint()
                            .map(checkpoint -> "compared with checkpoint " + checkpoint.number())
                            .orElse("no checkpoint to compare with")
                    + (report.intact() ? ": whole" : ": BROKEN"));
        });
        if (!report.intact()) {
            throw report.broken().stream()
                    .findFirst()
                    .map(JournalVerify::broken)
                    .orElseGet(() -> HostException.of(JournalError.JOURNAL_BROKEN));
        }
    }

    private static HostException broken(JournalCheck check) {
        return HostException.of(
                JournalError.JOURNAL_BROKEN,
                "stream",
                check.stream(),
                "seq",
                check.firstBroken(),
                "damage",
                check.damage());
    }
}
