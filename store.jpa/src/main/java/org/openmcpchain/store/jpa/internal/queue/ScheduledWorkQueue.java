/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal.queue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.openmcpchain.core.run.WorkQueue;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.Subscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The queue in the database, on db-scheduler. What is put in is committed but not forced to disk: after a loss of power the
 * queue may lack its last items, which the journal puts back. Thread-safe.
 */
@Component(
        name = "org.openmcpchain.store.jpa.Queue",
        service = WorkQueue.class,
        configurationPid = "org.openmcpchain.store.jpa.Queue")
@Designate(ocd = QueueSettings.class)
public final class ScheduledWorkQueue implements WorkQueue {

    private static final Pattern KIND = Pattern.compile("[a-z0-9.-]{1,64}");
    private static final int MAX_ID = 128;

    private final DataSource dataSource;
    private final QueueTable table;
    private final QueueServer.Timing timing;
    /** Whose leases these are. Each life has a name of its own: it must not take up the leases of the one before. */
    private final String host = ManagementFactory.getRuntimeMXBean().getPid() + "-" + UUID.randomUUID();

    private final ConcurrentHashMap<String, QueueServer> servers = new ConcurrentHashMap<>();

    /** A queue over a data source whose schema is up to date. Error: {@code CONFIG_INVALID}. */
    @Activate
    public ScheduledWorkQueue(
            @Reference(target = "(osgi.jndi.service.name=openmcp)") DataSource dataSource, QueueSettings settings) {
        this.dataSource = dataSource;
        timing = new QueueServer.Timing(
                duration("heartbeat", settings.heartbeat()),
                settings.missedHeartbeats(),
                duration("polling", settings.polling()));
        table = new QueueTable(dataSource);
        table.takeBackLeases();
    }

    private static Duration duration(String key, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.toMillis() > 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw HostException.caused(e, ConfigError.CONFIG_INVALID, "key", key, "value", text, "rule", "PT1S");
        }
        throw HostException.of(ConfigError.CONFIG_INVALID, "key", key, "value", text, "rule", "longer than zero");
    }

    @Override
    public void put(String kind, String id, Instant due) {
        check(kind, id);
        table.put(kind, id, due);
        QueueServer server = servers.get(kind);
        if (server != null) {
            server.lookAt(due);
        }
    }

    @Override
    public void putAll(String kind, Map<String, Instant> items) {
        items.keySet().forEach(id -> check(kind, id));
        if (items.isEmpty()) {
            return;
        }
        table.putAll(kind, items);
        QueueServer server = servers.get(kind);
        if (server != null) {
            items.values().forEach(server::lookAt);
        }
    }

    @Override
    public void remove(String kind, String id) {
        check(kind, id);
        table.remove(kind, id);
    }

    @Override
    public long size(String kind) {
        return table.size(kind);
    }

    @Override
    public Subscription serve(String kind, int threads, Handler handler) {
        check(kind, "any");
        QueueServer server = new QueueServer(kind, threads, handler, dataSource, table, timing, host);
        if (servers.putIfAbsent(kind, server) != null) {
            throw new IllegalStateException("somebody serves " + kind + " already");
        }
        server.start();
        return () -> {
            if (servers.remove(kind, server)) {
                server.close();
            }
        };
    }

    private static void check(String kind, String id) {
        if (!KIND.matcher(kind).matches() || id.isEmpty() || id.length() > MAX_ID) {
            throw new IllegalArgumentException("a kind is 1 to 64 of [a-z0-9.-], an id is 1 to 128 characters");
        }
    }

    /** Ends all service; what is due stays in the database. */
    @Deactivate
    public void close() {
        servers.values().forEach(QueueServer::close);
        servers.clear();
    }
}
