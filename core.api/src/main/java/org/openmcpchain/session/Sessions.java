/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

import java.util.List;
import java.util.Optional;
import org.openmcpchain.run.Page;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The sessions of this host. A session has one run at work at most; messages are kept in their order, and none is dropped.
 * Keys are taken in any form. Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}, {@code SESSION_KEY_INVALID}.
 */
@ProviderType
public interface Sessions {

    /** Creates a session, or returns the one that is there. */
    Session create(String key, MessageMode mode, String principal);

    /** The session, or empty. */
    Optional<Session> find(String key);

    /** Sessions in the order of their keys. */
    Page<Session> list(int offset, int limit);

    /**
     * Takes a message; returns when it is on disk.
     *
     * <p>Errors: {@code REQUEST_INVALID}, {@code SESSION_BUSY} (mode {@code REFUSE}), {@code SESSION_QUEUE_FULL},
     * {@code IDEMPOTENCY_CONFLICT}, {@code CHAIN_UNKNOWN}.
     */
    Accepted send(Message message);

    /** What happened behind a place in the session's stream, oldest first. Error: {@code SESSION_UNKNOWN}. */
    List<Turn> history(String key, long afterSeq, int limit);

    /** Changes the mode; during a run from the next turn on. Error: {@code SESSION_UNKNOWN}. */
    Session mode(String key, MessageMode mode, String principal);

    /** Clears the context; the journal keeps everything. Error: {@code SESSION_UNKNOWN}. */
    Session reset(String key, String principal);

    /** Replaces the older part of the context by a summary. Error: {@code SESSION_UNKNOWN}. */
    Session compact(String key, String principal);
}
