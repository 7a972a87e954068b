/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.run.CollectRequest;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.Run;

/**
 * Waits for runs and puts their results together, on the caller's thread: the engine says which run has ended, so nothing is
 * polled while nothing happens. Thread-safe.
 */
final class RunCollector {

    /** For runs whose end was not told here, because another host has ended them. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** For the results in the list together; each of them is handed out on its own, however long they are. */
    private static final int MAX_LISTED = 16 * 1024 * 1024;

    private final ShieldedReads reads;
    private final RunPauses engine;

    RunCollector(ShieldedReads reads, RunPauses engine) {
        this.reads = reads;
        this.engine = engine;
    }

    /** See {@link org.openmcpchain.run.Signals#collect}. */
    Collected collect(CollectRequest request, Consumer<Collected.Part> each) {
        CollectTally tally = CollectTally.of(request);
        Set<String> wanted = Set.copyOf(request.runs());
        BlockingQueue<Run> ended = new LinkedBlockingQueue<>();
        // Watched before the first look: what ends in between is seen twice and counted once.
        Subscription watch = engine.watchEndings(run -> {
            if (wanted.contains(run.id())) {
                ended.add(run);
            }
        });
        try {
            return new Gathering(request, tally, each).gather(ended);
        } finally {
            watch.close();
        }
    }

    /** One collection under way. */
    private final class Gathering {

        private final CollectRequest request;
        private final CollectTally tally;
        private final Consumer<Collected.Part> each;
        private final Set<String> open;
        private final List<Collected.Part> parts = new ArrayList<>();
        private int room = MAX_LISTED;

        private Gathering(CollectRequest request, CollectTally tally, Consumer<Collected.Part> each) {
            this.request = request;
            this.tally = tally;
            this.each = each;
            this.open = new LinkedHashSet<>(request.runs());
        }

        private Collected gather(BlockingQueue<Run> ended) {
            long end = System.nanoTime() + request.timeout().toNanos();
            look();
            try {
                long left = end - System.nanoTime();
                while (!tally.isDecided(open.size()) && left > 0) {
                    Run next = ended.poll(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
                    if (next == null) {
                        look();
                    } else {
                        take(next);
                    }
                    left = end - System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // whoever waits is not wanted any more: what there is has to do
            }
            return new Collected(tally.isComplete(open.size()), parts, List.copyOf(open), tally.value());
        }

        /** Takes what has ended already, in the order in which it did. */
        private void look() {
            List<String> ids = List.copyOf(open);
            List<Optional<RunRecord>> runs =
                    reads.ask(rows -> ids.stream().map(rows::run).toList());
            for (int i = 0; i < ids.size(); i++) {
                if (runs.get(i).isEmpty()) {
                    throw HostException.of(RunError.RUN_UNKNOWN, "id", ids.get(i));
                }
            }
            runs.stream()
                    .map(Optional::get)
                    .filter(run -> run.state().isTerminal())
                    .sorted(Comparator.comparing(run -> run.endedAt().orElse(Instant.MAX)))
                    .forEach(this::take);
        }

        private void take(Run run) {
            if (!open.remove(run.id())) {
                return;
            }
            Collected.Part part = new Collected.Part(run.id(), run.state(), run.result(), run.errorCode());
            tally.count(part);
            int length = run.result().map(String::length).orElse(0);
            room -= length;
            parts.add(room >= 0 ? part : new Collected.Part(run.id(), run.state(), Optional.empty(), run.errorCode()));
            each.accept(part);
        }
    }
}
