/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.config.ConfiguredPid;
import org.openmcpchain.config.ConfiguredPid.State;
import org.openmcpchain.core.config.internal.ConfigurationTarget.Change;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.policy.PolicyGate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of the layers and what became of it. A reading is accepted as a whole: while anything in it is wrong, nothing
 * of it is applied and what was in force stays in force. Once it is accepted, a PID whose bundle comes later stands for
 * itself. Used by one thread.
 */
final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private final Layers layers;
    private final String principal;
    private boolean accepted;

    Reading(Layers layers, String principal) {
        this.layers = layers;
        this.principal = principal;
    }

    /**
     * Holds everything against the descriptions that there are now, and applies what may be applied.
     *
     * @return what is in force now, what waits, what is wrong
     */
    Standing settle(
            Map<String, Description> descriptions,
            ConfigurationTarget target,
            Permits permits,
            Optional<PolicyGate> gate,
            Optional<Journal> journal) {
        Overlay overlay = new Overlay(layers, descriptions);
        List<ConfigProblem> problems = new ArrayList<>(layers.problems());
        List<Checked> all = List.of();
        try {
            all = overlay.wanted(target.foreign()).stream().map(Check::of).toList();
            problems.addAll(overlay.problems());
            all.forEach(checked -> problems.addAll(checked.problems()));
            if (!problems.isEmpty() && !accepted) {
                return Standing.refused(all, problems);
            }
            List<Change> changes = changes(all, target.owned());
            List<ConfigProblem> refusals = permits.ask(gate, changes, principal);
            if (!refusals.isEmpty()) {
                problems.addAll(refusals);
                return Standing.refused(all, problems);
            }
            permits.record(journal, changes, principal);
            target.apply(changes);
            accepted = true;
            changes.forEach(change -> LOG.info("Configuration of {}: {}", change.pid(), change.keys()));
        } catch (HostException e) {
            problems.add(Problem.refused("", e));
            return Standing.refused(all, problems);
        } catch (IOException e) {
            LOG.error("The configuration could not be stored; what was in force stays in force", e);
            problems.add(Problem.unreadable("", "could not be stored"));
            return Standing.refused(all, problems);
        }
        return Standing.accepted(all, problems);
    }

    /** What has to change so that everything is as it is wanted. */
    private static List<Change> changes(List<Checked> all, Map<Pid, Map<String, Object>> owned) {
        List<Change> changes = new ArrayList<>();
        for (Checked checked : all) {
            Optional<Map<String, Object>> before =
                    Optional.ofNullable(owned.remove(checked.wanted().pid()));
            if (checked.isValid()) {
                changes.add(new Change(checked.wanted().pid(), before, Optional.of(checked.properties())));
            }
        }
        // What is ours and is not mentioned any more.
        owned.forEach((pid, before) -> changes.add(new Change(pid, Optional.of(before), Optional.empty())));
        changes.removeIf(change -> !change.changesSomething());
        return changes;
    }

    /**
     * How things stand.
     *
     * @param pids every PID that the operator configures
     * @param problems what is wrong
     */
    record Standing(List<ConfiguredPid> pids, List<ConfigProblem> problems) {

        static final Standing NOTHING = new Standing(List.of(), List.of());

        Standing {
            pids = List.copyOf(pids);
            problems = List.copyOf(problems);
        }

        private static Standing refused(List<Checked> all, List<ConfigProblem> problems) {
            return new Standing(
                    all.stream().map(checked -> checked.shown(State.REFUSED)).toList(), problems);
        }

        private static Standing accepted(List<Checked> all, List<ConfigProblem> problems) {
            return new Standing(
                    all.stream()
                            .map(checked -> checked.shown(state(checked, problems)))
                            .toList(),
                    problems);
        }

        private static State state(Checked checked, List<ConfigProblem> problems) {
            if (checked.isPending()) {
                return State.PENDING;
            }
            String pid = checked.wanted().pid().toString();
            return problems.stream().anyMatch(problem -> problem.pid().equals(pid)) ? State.REFUSED : State.APPLIED;
        }
    }
}
