/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.run.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands messages to a run at work, and finds out from the run's stream which of them it took. Thread-safe. */
final class Steering {

    private static final Logger LOG = LoggerFactory.getLogger(Steering.class);
    private static final String NO_PARAMETERS = "{}";
    private static final int PAGE = 500;

    private final Journal journal;
    private volatile Signals signals;

    Steering(Journal journal) {
        this.journal = journal;
    }

    void use(Signals service) {
        signals = service;
    }

    void leave(Signals service) {
        if (signals == service) {
            signals = null;
        }
    }

    /**
     * Hands a message over.
     *
     * @return the place of the signal in the run's stream, or empty if the run takes none
     */
    OptionalLong hand(String run, String principal, String text) {
        Signals present = signals;
        if (present == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(present.steer(run, principal, text, NO_PARAMETERS));
        } catch (HostException e) {
            if (e.code() == JournalError.JOURNAL_UNAVAILABLE) {
                // It may be on disk: the next look at the run's stream tells.
                throw e;
            }
            LOG.debug("Run {} takes no message; it waits for its own turn", run, e);
            return OptionalLong.empty();
        }
    }

    /** The signal that an earlier life of the host sent without coming to write that down, or empty. */
    OptionalLong sentBefore(String run, long afterSeq, String principal, String text) {
        long seq = afterSeq;
        List<JournalEntry> page = read(run, seq);
        while (!page.isEmpty()) {
            for (JournalEntry entry : page) {
                if (entry.type().equals(EntryTypes.RUN_STEERED) && says(entry, principal, text)) {
                    return OptionalLong.of(entry.seq());
                }
                seq = entry.seq();
            }
            page = read(run, seq);
        }
        return OptionalLong.empty();
    }

    private static boolean says(JournalEntry entry, String principal, String text) {
        Entry body = Entry.of(entry.body());
        return body.optional("principal").equals(Optional.of(principal))
                && body.optional("text").equals(Optional.of(text));
    }

    /** The last signal that a question to the model took along, or 0. */
    long lastTaken(String run) {
        long taken = 0;
        long seq = 0;
        List<JournalEntry> page = read(run, seq);
        while (!page.isEmpty()) {
            for (JournalEntry entry : page) {
                if (entry.type().equals(EntryTypes.INFERENCE_REQUESTED)) {
                    taken = Math.max(taken, Entry.of(entry.body()).number("steered", 0));
                }
                seq = entry.seq();
            }
            page = read(run, seq);
        }
        return taken;
    }

    private List<JournalEntry> read(String run, long afterSeq) {
        return journal.read("run/" + run, afterSeq, PAGE);
    }
}
