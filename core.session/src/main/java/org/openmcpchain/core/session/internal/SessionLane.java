/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one session does, it does on its lane, one thing at a time. A lane has no thread: whoever has something to do takes
 * it. Everything here but the flags belongs to the holder of the lock.
 */
final class SessionLane {

    private static final long FIRST_DELAY_MILLIS = 200;
    private static final int MOST_DOUBLINGS = 7;

    private final String key;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicBoolean delayed = new AtomicBoolean();
    private SessionRecord record;
    private boolean uncertain;
    private boolean looked;
    private volatile String cancelling = "";
    private int failures;
    private long refused;
    private Instant refusedSince;

    SessionLane(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Somebody has something to do and did not get the lock: its holder does it. */
    AtomicBoolean again() {
        return again;
    }

    /** Whether it is to be looked at later anyway. */
    AtomicBoolean delayed() {
        return delayed;
    }

    /** The session, or empty if there is none. */
    Optional<SessionRecord> record(SessionJournal journal) {
        if (record == null) {
            record = (uncertain ? journal.rebuild(key) : journal.load(key)).orElse(null);
            uncertain = false;
        }
        return Optional.ofNullable(record);
    }

    /** The session, which is there. */
    SessionRecord present(SessionJournal journal) {
        return record(journal).orElseThrow(() -> new IllegalStateException("the session is not there"));
    }

    void moved(SessionRecord next) {
        record = next;
    }

    /** A write may have been done or not: only the stream knows. */
    void doubt() {
        record = null;
        uncertain = true;
    }

    /** The document is as good. */
    void forget() {
        record = null;
    }

    /** Whether nobody waits for anything here. */
    boolean isIdle() {
        return record != null && !record.isBusy();
    }

    /** Whether it is known which messages the run at work was told. */
    boolean hasLooked() {
        return looked;
    }

    void looked() {
        looked = true;
    }

    /** A signal may have been sent or not: only the run's stream knows. */
    void lookAgain() {
        looked = false;
    }

    /** Whether this run is to be cancelled and nobody does it yet. */
    boolean mayCancel(String run) {
        boolean fresh = !cancelling.equals(run);
        cancelling = run;
        return fresh;
    }

    void cancelFailed() {
        cancelling = "";
    }

    /** How long to wait after one more failure. */
    Duration failed() {
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        return Duration.ofMillis(FIRST_DELAY_MILLIS << failures);
    }

    void succeeded() {
        failures = 0;
    }

    /** How long a run has been refused to this message: zero the first time, and again after another message. */
    Duration refusedFor(long message, Instant now) {
        if (refused != message) {
            refused = message;
            refusedSince = now;
        }
        return Duration.between(refusedSince, now);
    }
}
