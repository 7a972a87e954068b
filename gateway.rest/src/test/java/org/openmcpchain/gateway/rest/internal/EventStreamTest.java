/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.ws.rs.sse.OutboundSseEvent;
import javax.ws.rs.sse.SseEventSink;
import org.apache.cxf.jaxrs.sse.SseContextProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an event stream holds, and that it gives it back however its client goes. */
class EventStreamTest {

    private final Beats beats = new Beats();
    private final Sink sink = new Sink();
    private final InMemoryHost.MemoryJournal journal = new InMemoryHost.MemoryJournal();
    private final List<EventStream> left = new ArrayList<>();
    private final EventStream stream =
            new EventStream(sink, new SseContextProvider().createContext(null), beats, left::add);

    @AfterEach
    void stop() {
        beats.shutdownNow();
    }

    @Test
    void aHeartbeatFindsOutThatAClientHasLeft() {
        stream.follow("task", Map.of(), journal, "run/c", 0);
        assertThat(journal.consumers).hasSize(1);
        beats.alive.run();
        assertThat(left).isEmpty();

        sink.failure = new IOException("nobody there");
        beats.alive.run();

        assertThat(left).containsExactly(stream);
        assertThat(journal.consumers).isEmpty();
        assertThat(beats.beat.isCancelled()).isTrue();
        assertThat(beats.errands).as("a sink that cannot write ends itself").isEmpty();
    }

    @Test
    void aClientThatReadsTooSlowlyIsLetGoWithItsConnection() {
        stream.follow("task", Map.of(), journal, "run/c", 0);

        sink.failure = new IllegalStateException("the buffer is full");
        journal.append("run/c", "run.state", Map.of());
        journal.append("run/c", "run.state", Map.of());

        assertThat(left).containsExactly(stream);
        assertThat(journal.consumers).isEmpty();
        assertThat(sink.closed).as("not by the thread that the sink waits for").isFalse();
        beats.errands.remove().run();
        assertThat(sink.closed).isTrue();
        assertThat(beats.errands).isEmpty();
    }

    /** Beats when it is told to. */
    private static final class Beats extends ScheduledThreadPoolExecutor {

        final Queue<Runnable> errands = new ArrayDeque<>();
        Runnable alive;
        ScheduledFuture<?> beat;

        Beats() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long next, TimeUnit unit) {
            alive = task;
            beat = super.scheduleWithFixedDelay(task, 1, 1, TimeUnit.DAYS);
            return beat;
        }

        @Override
        public void execute(Runnable errand) {
            errands.add(errand);
        }
    }

    /** Takes everything, or fails at everything. */
    private static final class Sink implements SseEventSink {

        Exception failure;
        boolean closed;

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            return failure == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(failure);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
