/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.util.Map;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that takes long, told as events: whatever comes up on the way, then the result or a problem. */
final class Told {

    private static final Logger LOG = LoggerFactory.getLogger(Told.class);

    private Told() {}

    /** What does the work; {@code each} tells something on the way. */
    @FunctionalInterface
    interface Work {

        Object run(Teller each);
    }

    /** Tells something under the name of an event. */
    @FunctionalInterface
    interface Teller {

        void tell(String name, Object value);
    }

    /**
     * Answers at once, and tells the work's progress from a thread of the lane.
     *
     * @param last the name of the event with the result
     */
    static void run(EventStreams streams, WaitingLane lane, SseEventSink sink, Sse sse, String last, Work work) {
        EventStream stream = streams.open(sink, sse);
        try {
            stream.begin();
            lane.behind(() -> {
                try {
                    stream.tell(last, work.run(stream::tell));
                } catch (HostException e) {
                    stream.tell("problem", Problem.of(e));
                } catch (RuntimeException e) {
                    stream.tell("problem", defect(e));
                } finally {
                    stream.close();
                }
            });
        } catch (HostException e) {
            stream.close();
            throw e;
        }
    }

    private static Problem defect(RuntimeException e) {
        Problem problem = Problem.of(RequestError.HOST_FAULT, null, Map.of()).tracedAs(TraceId.fresh());
        LOG.error("work behind an event stream failed, trace id {}", problem.traceId(), e);
        return problem;
    }
}
