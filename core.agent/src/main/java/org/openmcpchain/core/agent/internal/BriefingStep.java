/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.session.ContextBlock;
import org.openmcpchain.session.ContextSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares what a run is told beside its goal: once, before the first round. Every later attempt takes it from the journal,
 * so a run that goes on after a week still knows what it knew. Thread-safe.
 */
final class BriefingStep {

    private static final Logger LOG = LoggerFactory.getLogger(BriefingStep.class);

    private final AtomicReference<ContextSource> source = new AtomicReference<>();

    void open(ContextSource service) {
        source.set(service);
    }

    void close(ContextSource service) {
        source.compareAndSet(service, null);
    }

    /**
     * The briefing of a run; without a source there is none.
     *
     * <p>Error: {@code JOURNAL_UNAVAILABLE}.
     */
    Briefing of(RunSession session, RunHistory history, int tokens, ResultDocument document) {
        return history.briefing().orElseGet(() -> {
            ContextSource present = source.get();
            return present == null || tokens == 0 || history.begun()
                    ? Briefing.NONE
                    : prepare(session, present, tokens, document);
        });
    }

    private static Briefing prepare(RunSession session, ContextSource source, int tokens, ResultDocument document) {
        Briefing briefing = new Briefing(blocks(session, source, tokens, document));
        if (!briefing.blocks().isEmpty()) {
            session.record(EntryTypes.CONTEXT_PREPARED, briefing.body());
        }
        return briefing;
    }

    /** A goal is worth working on without its context, too; only a journal that is away stops the run. */
    private static List<ContextBlock> blocks(
            RunSession session, ContextSource source, int tokens, ResultDocument document) {
        try {
            return source.contextOf(session.run(), tokens);
        } catch (RuntimeException e) {
            if (e instanceof HostException known && known.code() instanceof JournalError) {
                throw e;
            }
            LOG.warn(
                    "The context of run {} could not be prepared", session.run().id(), e);
            document.observe("The context of the session could not be prepared; the goal was worked on without it");
            return List.of();
        }
    }
}
