/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Duration;
import org.openmcpchain.error.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves sessions on. Whatever goes wrong is tried again later: the messages are on disk. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final int REMEMBERED = 1_000;

    private final SessionJournal journal;
    private final SessionDriver driver;
    private final SessionLanes lanes;
    private final LanePool pool;

    Progress(SessionJournal journal, SessionDriver driver, SessionLanes lanes, LanePool pool) {
        this.journal = journal;
        this.driver = driver;
        this.lanes = lanes;
        this.pool = pool;
    }

    /** Does what the session has to do now. */
    void advance(SessionLane lane) {
        try {
            driver.advance(lane);
        } catch (RuntimeException e) {
            Duration delay = lane.failed();
            if (e instanceof HostException) {
                LOG.debug("Session {} goes on in {}", lane.key(), delay, e);
            } else {
                LOG.warn("Session {} could not go on; it is tried again in {}", lane.key(), delay, e);
            }
            pool.wakeLater(lane, delay);
        }
        if (lanes.used() > REMEMBERED && lane.isIdle()) {
            lane.forget();
        }
    }

    /** Hands a message that was just written to the run at work, if it steers and still waits. */
    void steer(SessionLane lane, long number, String text) {
        try {
            lane.present(journal).waiting().stream()
                    .filter(waiting -> waiting.number() == number)
                    .forEach(waiting -> driver.steer(lane, waiting, text));
        } catch (HostException e) {
            LOG.debug("Session {} goes on later", lane.key(), e);
            lane.lookAgain();
            pool.wakeLater(lane, lane.failed());
        }
    }
}
