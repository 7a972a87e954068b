/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The open event streams, of whatever they tell: how many there are, and what keeps them alive. */
@Component(service = EventStreams.class)
public final class EventStreams {

    /** How many streams may be open at once; each costs a connection and a subscription. */
    static final int MAX_STREAMS = 256;

    private final AtomicInteger places = new AtomicInteger();
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService heartbeat;

    @Activate
    void start() {
        heartbeat = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "rest-events-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Deactivate
    void stop() {
        heartbeat.shutdownNow();
        open.forEach(EventStream::close);
    }

    /** A stream to one client. Error: {@code RUN_QUEUE_FULL}. */
    EventStream open(SseEventSink sink, Sse sse) {
        if (places.incrementAndGet() > MAX_STREAMS) {
            places.decrementAndGet();
            throw HostException.of(RunError.RUN_QUEUE_FULL, "detail", "too many event streams are open");
        }
        EventStream stream = new EventStream(sink, sse, heartbeat, this::left);
        open.add(stream);
        return stream;
    }

    private void left(EventStream stream) {
        open.remove(stream);
        places.decrementAndGet();
    }

    /** How many streams are open. */
    int count() {
        return places.get();
    }
}
