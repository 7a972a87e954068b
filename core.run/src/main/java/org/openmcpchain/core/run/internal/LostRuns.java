/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds runs that wait in the store and in no queue, and puts them in: a write that was not acknowledged in time may be done
 * all the same, and whoever made it has not put the run in. {@link #sweep} is for one thread, the rest is thread-safe.
 */
final class LostRuns {

    private static final Logger LOG = LoggerFactory.getLogger(LostRuns.class);
    private static final Set<RunState> WAITING = EnumSet.of(RunState.PENDING, RunState.SCHEDULED, RunState.RETRYING);
    private static final int PAGE = 200;
    private static final int PAGES = 5;

    private final ShieldedReads reads;
    private final Claims claims;
    private final RunLane lane;
    private final Clock clock;
    private Instant from = Instant.EPOCH;
    private int offset;

    LostRuns(ShieldedReads reads, Claims claims, RunLane lane, Clock clock) {
        this.reads = reads;
        this.claims = claims;
        this.lane = lane;
        this.clock = clock;
    }

    /** Looks at some pages of waiting runs, the oldest first; the next call goes on where this one ended. */
    void sweep() {
        for (int i = 0; i < PAGES; i++) {
            RunQuery query = new RunQuery(
                    WAITING,
                    Optional.of(from),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    offset,
                    PAGE);
            List<RunRecord> page = reads.ask(rows -> rows.runs(query)).items();
            page.forEach(this::look);
            if (page.size() < PAGE) {
                from = Instant.EPOCH;
                offset = 0;
                return;
            }
            goBehind(page);
        }
    }

    /** By time and not by number alone, because a store finds a time at once and counts up to a number. */
    private void goBehind(List<RunRecord> page) {
        Instant last = page.get(page.size() - 1).createdAt();
        int atThatTime =
                (int) page.stream().filter(run -> run.createdAt().equals(last)).count();
        offset = last.equals(from) ? offset + atThatTime : atThatTime;
        from = last;
    }

    /** Makes sure that a run has a place in the queue, if it is one that waits for a worker. */
    void look(RunRecord run) {
        if (!WAITING.contains(run.state()) || lane.isWaiting(run.id())) {
            return;
        }
        Attempt claim = new Attempt(run.id(), null);
        if (claims.take(claim) != null) {
            return;
        }
        try {
            // Only with the claim this is certain: without it the run may be on its way from a worker to the lane.
            if (!lane.isWaiting(run.id())) {
                reads.ask(rows -> rows.run(run.id()))
                        .filter(present -> WAITING.contains(present.state()))
                        .ifPresent(this::putIn);
            }
        } finally {
            claims.release(claim);
        }
    }

    private void putIn(RunRecord run) {
        LOG.info("Run {} is {} and was in no queue; it is put in", run.id(), run.state());
        lane.add(run.id(), Retries.due(run, reads, clock));
    }
}
