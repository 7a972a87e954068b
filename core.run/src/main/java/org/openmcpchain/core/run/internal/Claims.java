/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who works on which run in this host. Whoever works on a run, moves it or ends it first claims it, and a run whose claim
 * is taken is left alone. Thread-safe.
 */
final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final ConcurrentHashMap<String, Attempt> claims = new ConcurrentHashMap<>();

    /** Claims a run: null when the claim is now this one's, otherwise the claim that was there before. */
    Attempt take(Attempt attempt) {
        return claims.putIfAbsent(attempt.runId(), attempt);
    }

    /** Whether somebody works on a run, moves it or ends it. */
    boolean isTaken(String runId) {
        return claims.containsKey(runId);
    }

    /** Gives a claim back. Everything that was asked of it before is seen by whoever looks at it after this. */
    void release(Attempt attempt) {
        claims.remove(attempt.runId(), attempt);
        attempt.finish();
    }

    /**
     * Tells whoever has the claim on a run that the run need not wait any more. The wish is on the claim before the claim is
     * given back.
     */
    Optional<Attempt> wake(String runId) {
        return Optional.ofNullable(claims.computeIfPresent(runId, (id, attempt) -> {
            attempt.wake();
            return attempt;
        }));
    }

    /** Asks attempts to stop, interrupts them at half time, and waits until they are over or time is up. */
    void halt(Predicate<Attempt> which, Attempt.Halt reason, Duration patience) {
        List<Attempt> halted = claims.values().stream().filter(which).toList();
        halted.forEach(attempt -> attempt.halt(reason));
        long half = patience.toNanos() / 2;
        long start = System.nanoTime();
        boolean over = awaitAll(halted, start + half);
        if (!over) {
            halted.forEach(Attempt::interrupt);
            if (!awaitAll(halted, start + 2 * half)) {
                LOG.warn("Some runs did not stop within {}; they continue from their last entry", patience);
            }
        }
    }

    /** Gives up, and takes the claims from, attempts that were to stop at once so long ago and do not. */
    List<Attempt> giveUp(Duration patience) {
        List<Attempt> late = claims.values().stream()
                .filter(attempt -> attempt.giveUp(patience))
                .toList();
        late.forEach(this::release);
        return late;
    }

    /** What still works from now on does not count. */
    void finishAll() {
        claims.values().forEach(Attempt::finish);
    }

    private static boolean awaitAll(List<Attempt> attempts, long until) {
        boolean all = true;
        for (Attempt attempt : attempts) {
            all &= attempt.awaitEnd(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        return all;
    }
}
