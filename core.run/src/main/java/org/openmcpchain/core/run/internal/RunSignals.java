/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.run.CollectRequest;
import org.openmcpchain.run.Collected;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.Signals;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signals to runs: checked, on disk, and only then carried out. Thread-safe. */
@Component(service = Signals.class, name = "org.openmcpchain.core.run.Signals")
public final class RunSignals implements Signals {

    private static final Duration LONGEST_GRACE = Duration.ofMinutes(1);
    private static final int MAX_PRINCIPAL = 128;

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final RunPauses pauses;
    private final RunCollector collector;

    /** Signals to the runs of an engine. */
    @Activate
    public RunSignals(@Reference JournaledStore journal, @Reference ShieldedReads reads, @Reference RunPauses pauses) {
        this.journal = journal;
        this.reads = reads;
        this.pauses = pauses;
        collector = new RunCollector(reads, pauses);
    }

    @Override
    public long steer(String runId, String principal, String text, String parameters) {
        SteerSignal signal = SteerSignal.of(text, parameters);
        RunRecord run = known(runId);
        refuseStrangers(run, principal);
        refuseEnded(run);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("principal", run.principal());
        body.put("text", signal.text());
        body.put("parameters", signal.parameters());
        try {
            return journal.write(List.of(new EntryDraft(run.stream(), EntryTypes.RUN_STEERED, body)), List.of())
                    .get(0)
                    .seq();
        } catch (HostException e) {
            if (e.code() == JournalError.STREAM_ENDED) { // it ended just now
                refuseEnded(known(runId));
            }
            throw e;
        }
    }

    @Override
    public Run interrupt(String runId, String principal, String reason, Duration grace) {
        if (grace == null || grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw SteerSignal.invalid("grace", "a duration from PT0S to PT1M");
        }
        return pauses.interrupt(runId, PlainText.of(principal, MAX_PRINCIPAL), reason, grace);
    }

    @Override
    public Run resume(String runId, String principal) {
        return pauses.resume(runId, PlainText.of(principal, MAX_PRINCIPAL));
    }

    @Override
    public Collected collect(CollectRequest request, Consumer<Collected.Part> each) {
        return collector.collect(request, each);
    }

    private RunRecord known(String id) {
        Optional<RunRecord> run = id.length() > RunEngine.MAX_ID ? Optional.empty() : reads.ask(rows -> rows.run(id));
        return run.orElseThrow(() -> HostException.of(RunError.RUN_UNKNOWN, "id", PlainText.of(id, RunEngine.MAX_ID)));
    }

    /** What a run does counts as done for its person: under their caps, and not approved by them where others are wanted. */
    private static void refuseStrangers(RunRecord run, String principal) {
        if (!run.principal().equals(principal)) {
            throw HostException.of(RunError.RUN_NOT_YOURS, "id", run.id());
        }
    }

    private static void refuseEnded(RunRecord run) {
        if (run.state().isTerminal()) {
            throw HostException.of(
                    RunError.RUN_TRANSITION_ILLEGAL,
                    "id",
                    run.id(),
                    "from",
                    run.state(),
                    "detail",
                    "a run that has ended takes no signals");
        }
    }
}
