/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal.queue;

import java.lang.annotation.Annotation;
import javax.sql.DataSource;

/** Queues for tests: they look after their leases more often than in the distribution. */
public final class OpenQueue {

    private OpenQueue() {}

    /** A queue over a database whose schema is up to date. */
    public static ScheduledWorkQueue over(DataSource dataSource) {
        return new ScheduledWorkQueue(dataSource, settings("PT0.5S", "PT0.3S"));
    }

    static QueueSettings settings(String heartbeat, String polling) {
        return new QueueSettings() {
            @Override
            public String heartbeat() {
                return heartbeat;
            }

            @Override
            public int missedHeartbeats() {
                return 4;
            }

            @Override
            public String polling() {
                return polling;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return QueueSettings.class;
            }
        };
    }
}
