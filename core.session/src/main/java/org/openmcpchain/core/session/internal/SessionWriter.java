/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.journal.EntryTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes for the holder of a lane and moves the lane on. Thread-safe. */
final class SessionWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SessionWriter.class);

    private final SessionJournal journal;
    private final Consumer<String> onWritten;

    /** @param onWritten told the key of each session that has a new entry on disk */
    SessionWriter(SessionJournal journal, Consumer<String> onWritten) {
        this.journal = journal;
        this.onWritten = onWritten;
    }

    SessionJournal journal() {
        return journal;
    }

    SessionRecord begin(SessionLane lane, Map<String, Object> body) {
        try {
            lane.moved(journal.begin(lane.key(), EntryTypes.SESSION_CREATED, body));
        } catch (SessionJournal.StreamMovedException e) {
            rebuild(lane, e);
        } catch (RuntimeException e) {
            lane.doubt();
            throw e;
        }
        onWritten.accept(lane.key());
        return lane.present(journal);
    }

    /** One more entry. When it fails, the lane finds out from the stream where it stands. */
    SessionRecord write(SessionLane lane, String type, Map<String, Object> body, List<StoreChange> rows) {
        SessionRecord record = lane.present(journal);
        try {
            lane.moved(journal.write(record, type, body, rows));
        } catch (SessionJournal.StreamMovedException e) {
            rebuild(lane, e);
        } catch (RuntimeException e) {
            lane.doubt();
            throw e;
        }
        onWritten.accept(lane.key());
        return lane.present(journal);
    }

    SessionRecord write(SessionLane lane, String type, Map<String, Object> body) {
        return write(lane, type, body, List.of());
    }

    private static void rebuild(SessionLane lane, RuntimeException moved) {
        LOG.warn(
                "A write of session {} was done that had been given up for lost; the stream is read again",
                lane.key(),
                moved);
        lane.doubt();
    }
}
