/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.sse.OutboundSseEvent;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open event stream to one client, until what it tells of has ended or the client is gone. */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** Often enough for proxies that cut silent connections, and to notice clients that left. */
    private static final long HEARTBEAT_SECONDS = 15;

    private final SseEventSink sink;
    private final Sse sse;
    private final ScheduledExecutorService heartbeat;
    private final Consumer<EventStream> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Subscription subscription;
    private volatile ScheduledFuture<?> beat;

    EventStream(SseEventSink sink, Sse sse, ScheduledExecutorService heartbeat, Consumer<EventStream> onClose) {
        this.sink = sink;
        this.sse = sse;
        this.heartbeat = heartbeat;
        this.onClose = onClose;
    }

    /**
     * Tells a stream of the journal.
     *
     * @param name the name of the first event
     * @param state what the first event holds: the thing as it stands
     * @param after the sequence number behind which to begin
     */
    void follow(String name, Object state, Journal journal, String stream, long after) {
        try {
            begin();
            tell(name, state);
            subscription = journal.subscribe(stream, after, this::deliver);
            if (closed.get()) {
                subscription.close();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Keeps the connection alive; what is told comes by {@link #tell}, until {@link #close}. */
    void begin() {
        beat = heartbeat.scheduleWithFixedDelay(
                () -> send(sse.newEventBuilder().comment("alive").build()),
                HEARTBEAT_SECONDS,
                HEARTBEAT_SECONDS,
                TimeUnit.SECONDS);
        if (closed.get()) {
            beat.cancel(false);
        }
    }

    /** Sends one event. */
    void tell(String name, Object value) {
        send(sse.newEventBuilder().name(name).data(json(value)).build());
    }

    private void deliver(JournalEntry entry) {
        send(sse.newEventBuilder()
                .id(Long.toString(entry.seq()))
                .name(entry.type())
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(json(JournalDtos.of(entry)))
                .build());
        if (entry.type().equals(EntryTypes.RUN_ENDED)) {
            close();
        }
    }

    private void send(OutboundSseEvent event) {
        if (closed.get()) {
            return;
        }
        if (sink.isClosed()) {
            close();
            return;
        }
        sink.send(event).whenComplete((nothing, failure) -> {
            if (failure != null) {
                fail(failure);
            }
        });
    }

    /** A sink that cannot write ends itself; one whose client reads too slowly does not, and here it would wait for itself. */
    private void fail(Throwable failure) {
        if (leave() && !(failure instanceof IOException)) {
            heartbeat.execute(this::closeSink);
        }
    }

    /** Ends the stream; idempotent. */
    void close() {
        if (leave()) {
            closeSink();
        }
    }

    private void closeSink() {
        try {
            sink.close();
        } catch (RuntimeException e) {
            LOG.debug("an event stream was closed by its client");
        }
    }

    /** Gives back what the stream holds; false when that was done before. */
    private boolean leave() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        onClose.accept(this);
        if (subscription != null) {
            subscription.close();
        }
        if (beat != null) {
            beat.cancel(false);
        }
        return true;
    }

    private static String json(Object value) {
        return new String(JsonBody.bytes(value), StandardCharsets.UTF_8);
    }
}
