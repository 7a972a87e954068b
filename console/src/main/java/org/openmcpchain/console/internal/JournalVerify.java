/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalCheck;

/** {@code journal:verify}. */
@Service
@Command(
        scope = "journal",
        name = "verify",
        description = "Walks a stream and recomputes each hash",
        detailedDescription = "Fails with JOURNAL_BROKEN when an entry is not as it was written.")
public final class JournalVerify extends StreamCommand {

    @Override
    void run(Screen screen) {
        JournalCheck check = journal().verify(stream());
        screen.show(Json.of(check));
        if (!check.intact()) {
            throw HostException.of(JournalError.JOURNAL_BROKEN, "stream", check.stream(), "seq", check.firstBroken());
        }
    }
}
