/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.run.RunState;

/** Steps of a run from state to state, each with its entry. Illegal ones are refused. For one use by one thread. */
final class Transitions {

    private final List<EntryDraft> entries = new ArrayList<>();
    private RunRecord run;

    Transitions(RunRecord run) {
        this.run = run;
    }

    /** One step. Error: {@code RUN_TRANSITION_ILLEGAL}. */
    Transitions to(RunState next, String reason, Instant at) {
        return to(next, reason, at, Map.of());
    }

    /** One step, and what else its entry says. Error: {@code RUN_TRANSITION_ILLEGAL}. */
    Transitions to(RunState next, String reason, Instant at, Map<String, ?> more) {
        refuseIllegal(run, next);
        int attempt = next == RunState.RUNNING ? run.attempts() + 1 : run.attempts();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("from", run.state());
        body.put("to", next);
        body.put("attempt", attempt);
        body.put("reason", reason);
        body.putAll(more);
        entries.add(new EntryDraft(run.stream(), EntryTypes.RUN_STATE, body));
        run = run.in(next, at, attempt);
        return this;
    }

    /**
     * The steps from wherever the run waits to a worker.
     *
     * @param bundles what is active in this VM: all of it is trusted code, so all of it takes part
     */
    Transitions toRunning(Instant at, List<BundleRef> bundles) {
        if (run.state() == RunState.RUNNING) {
            to(RunState.RETRYING, Setbacks.REASON, at);
        }
        if (run.state() != RunState.SCHEDULED) {
            to(RunState.SCHEDULED, "lane", at);
        }
        List<Map<String, String>> active =
                bundles.stream().map(Transitions::text).toList();
        String reason = run.attempts() == 0 ? "started" : "continued";
        return to(RunState.RUNNING, reason, at, active.isEmpty() ? Map.of() : Map.of("bundles", active));
    }

    /** The step to where people decide, behind the entry that says about what. */
    Transitions toHeld(String approval, Instant at) {
        entries.add(new EntryDraft(run.stream(), EntryTypes.RUN_HELD, Map.of("approval", approval)));
        return to(RunState.WAITING_APPROVAL, "approval", at);
    }

    List<EntryDraft> entries() {
        return entries;
    }

    RunRecord run() {
        return run;
    }

    private static Map<String, String> text(BundleRef bundle) {
        return Map.of("symbolicName", bundle.symbolicName(), "version", bundle.version(), "sha256", bundle.sha256());
    }

    static void refuseIllegal(RunRecord run, RunState next) {
        if (!run.state().canBecome(next)) {
            throw HostException.of(RunError.RUN_TRANSITION_ILLEGAL, "id", run.id(), "from", run.state(), "to", next);
        }
    }
}
