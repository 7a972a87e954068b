/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Signals;
import org.openmcpchain.session.Accepted;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.MessageMode;
import org.openmcpchain.session.Session;
import org.openmcpchain.session.Sessions;
import org.openmcpchain.session.Turn;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of this host. The truth is each session's stream; the document beside it, written with each entry, says where
 * it stands, so a start looks at documents only and wakes the lanes of those sessions that have something to do. Thread-safe.
 */
@Component(
        service = Sessions.class,
        immediate = true,
        name = "org.openmcpchain.core.session.Sessions",
        configurationPid = "org.openmcpchain.core.session.Sessions")
@Designate(ocd = SessionSettings.class)
public final class StoredSessions implements Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSessions.class);
    private static final int MAX_PAGE = 200;
    private static final int MAX_HISTORY = 1_000;

    private final SessionSettings settings;
    private final SessionJournal journal;
    private final SessionWriter writer;
    private final SessionFiles files;
    private final SessionLanes lanes;
    private final LanePool pool;
    private final Steering steering;
    private final RunWatch watch;
    private final Compaction compaction;
    private final Progress progress;
    private final Reception reception;
    private final ConcurrentHashMap<Chain, String> networks = new ConcurrentHashMap<>();

    /** Not yet at work; see {@link #start}. */
    @Activate
    public StoredSessions(
            SessionSettings settings,
            BundleContext context,
            @Reference JournaledStore store,
            @Reference Journal journal,
            @Reference Runs runs) {
        this(
                settings,
                new SessionJournal(store, journal, Clock.systemUTC()),
                journal,
                runs,
                HostFolder.DATA.in(context).resolve(settings.folder()));
    }

    StoredSessions(SessionSettings settings, SessionJournal sessionJournal, Journal journal, Runs runs, Path folder) {
        this.settings = settings;
        this.journal = sessionJournal;
        lanes = new SessionLanes(settings.sessionLimit());
        pool = new LanePool(settings.workers(), this::advance);
        files = new SessionFiles(sessionJournal, folder, settings.transcriptMebibytes());
        writer = new SessionWriter(sessionJournal, this::written);
        steering = new Steering(journal);
        watch = new RunWatch(journal, runs, pool::execute, settings.watchLimit());
        compaction = new Compaction(writer, new ExtractiveSummary(), settings.compactAtTokens(), settings.keptTurns());
        var driver = new SessionDriver(
                writer,
                runs,
                steering,
                compaction,
                watch,
                patience(settings.submitPatience()),
                pool::wake,
                pool::executeSlowly);
        progress = new Progress(sessionJournal, driver, lanes, pool);
        reception = new Reception(
                settings, sessionJournal, writer, lanes, progress, new MessageCheck(networks::containsValue));
    }

    private static Duration patience(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw HostException.caused(
                    e, ConfigError.CONFIG_INVALID, "key", "submitPatience", "value", text, "rule", "PT10M");
        }
    }

    /** Wakes what an earlier life left unfinished. */
    @Activate
    void start() {
        int busy = 0;
        List<SessionRecord> all = journal.all();
        pool.execute(() ->
                all.stream().filter(files::isBehind).map(SessionRecord::key).forEach(this::written));
        for (SessionRecord record : all) {
            lanes.add(record.key());
            if (record.isBusy()) {
                busy++;
                pool.wake(lanes.lane(record.key()));
            }
        }
        pool.everySecond(watch::tick);
        LOG.debug("{} sessions, {} of them have something to do", lanes.size(), busy);
    }

    /** Waits, bounded, for what is under way; the rest goes on at the next start. */
    @Deactivate
    void stop() {
        watch.close();
        pool.close();
    }

    private void written(String key) {
        if (settings.files() && files.touch(key)) {
            pool.executeSlowly(files::write);
        }
    }

    private void advance(SessionLane lane) {
        progress.advance(lane);
    }

    @Override
    public Session create(String key, MessageMode mode, String principal) {
        String canonical = MessageCheck.key(key);
        MessageCheck.principal(principal);
        MessageCheck.refuseUnless(mode != null, "mode", "a message mode");
        lanes.refuseIfFull(canonical);
        return pool.on(
                lanes.lane(canonical),
                lane -> reception.ensure(lane, mode, principal).toSession());
    }

    @Override
    public Optional<Session> find(String key) {
        String canonical = MessageCheck.key(key);
        return lanes.contains(canonical)
                ? pool.on(lanes.lane(canonical), lane -> lane.record(journal)).map(SessionRecord::toSession)
                : Optional.empty();
    }

    @Override
    public Page<Session> list(int offset, int limit) {
        MessageCheck.refuseUnless(offset >= 0, "offset", "at least 0");
        MessageCheck.refuseUnless(limit >= 1 && limit <= MAX_PAGE, "limit", "1 to 200");
        List<String> keys = lanes.keys();
        int from = Math.min(offset, keys.size());
        int to = Math.min(from + limit, keys.size());
        List<Session> sessions = new ArrayList<>();
        keys.subList(from, to).forEach(key -> find(key).ifPresent(sessions::add));
        return new Page<>(sessions, keys.size(), to < keys.size() ? OptionalInt.of(to) : OptionalInt.empty());
    }

    @Override
    public Accepted send(Message message) {
        String key = MessageCheck.key(message.key());
        MessageCheck.form(message);
        lanes.refuseIfFull(key);
        return pool.on(lanes.lane(key), lane -> reception.take(lane, message));
    }

    @Override
    public List<Turn> history(String key, long afterSeq, int limit) {
        MessageCheck.refuseUnless(limit >= 1 && limit <= MAX_HISTORY, "limit", "1 to 1000");
        MessageCheck.refuseUnless(afterSeq >= 0, "after", "at least 0");
        return History.of(journal, known(key).key(), afterSeq, limit);
    }

    @Override
    public Session mode(String key, MessageMode mode, String principal) {
        MessageCheck.refuseUnless(mode != null, "mode", "a message mode");
        return change(key, principal, lane -> {
            boolean busy = lane.present(journal).isBusy();
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("principal", principal);
            body.put("mode", mode);
            body.put("effective", busy ? "next-turn" : "now");
            return writer.write(lane, EntryTypes.SESSION_MODE, body);
        });
    }

    @Override
    public Session reset(String key, String principal) {
        return change(key, principal, lane -> {
            compaction.reset(lane, principal, Command.RESET, 0);
            return lane.present(journal);
        });
    }

    @Override
    public Session compact(String key, String principal) {
        return change(key, principal, lane -> {
            compaction.compactNow(lane, principal, 0);
            return lane.present(journal);
        });
    }

    private Session change(String key, String principal, Function<SessionLane, SessionRecord> work) {
        MessageCheck.principal(principal);
        return pool.on(known(key), lane -> {
            progress.advance(lane);
            return work.apply(lane).toSession();
        });
    }

    private SessionLane known(String key) {
        String canonical = MessageCheck.key(key);
        if (!lanes.contains(canonical)) {
            throw HostException.of(RunError.SESSION_UNKNOWN, "key", canonical);
        }
        return lanes.lane(canonical);
    }

    /** Messages may be handed to runs at work. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindSignals(Signals service) {
        steering.use(service);
    }

    /** Messages that steer wait for their turn from now on. */
    void unbindSignals(Signals service) {
        steering.leave(service);
    }

    /** Messages may name this network. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindChain(Chain chain, Map<String, ?> properties) {
        networks.put(chain, String.valueOf(properties.get(Chain.ID)));
    }

    /** Messages may not name this network any more. */
    void unbindChain(Chain chain) {
        networks.remove(chain);
    }
}
