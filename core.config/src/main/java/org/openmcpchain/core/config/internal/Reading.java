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
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
        List<Checked> all;
        List<Change> changes;
        try {
            all = overlay.wanted(target.foreign()).stream().map(Check::of).toList();
            changes = changes(all, target.owned());
        } catch (IOException e) {
            problems.add(unstored(e));
            return Standing.of(List.of(), problems, pid -> true);
        }
        problems.addAll(overlay.problems());
        all.forEach(checked -> problems.addAll(checked.problems()));
        if (!problems.isEmpty() && !accepted) {
            return Standing.of(all, problems, pid -> true);
        }
        List<ConfigProblem> failures = carryOut(changes, target, permits, gate, journal);
        problems.addAll(failures);
        accepted |= failures.isEmpty();
        Set<Pid> undone = failures.isEmpty()
                ? Set.of()
                : changes.stream().map(Change::pid).collect(Collectors.toSet());
        return Standing.of(all, problems, accepted ? undone::contains : pid -> true);
    }

    /** Makes all changes or none; what stands in the way is the result. */
    private List<ConfigProblem> carryOut(
            List<Change> changes,
            ConfigurationTarget target,
            Permits permits,
            Optional<PolicyGate> gate,
            Optional<Journal> journal) {
        List<ConfigProblem> refusals = permits.ask(gate, changes, principal);
        if (!refusals.isEmpty()) {
            return refusals;
        }
        try {
            permits.record(journal, changes, principal);
            target.apply(changes);
            changes.forEach(change -> LOG.info("Configuration of {}: {}", change.pid(), change.keys()));
            return List.of();
        } catch (HostException e) {
            return List.of(Problem.refused("", e));
        } catch (IOException e) {
            return List.of(unstored(e));
        }
    }

    private static ConfigProblem unstored(IOException e) {
        LOG.error("The configuration could not be stored; what was in force stays in force", e);
        return Problem.unreadable("", "could not be stored");
    }

    /** What has to change so that everything is as it is wanted. */
    private static List<Change> changes(List<Checked> all, Map<Pid, Map<String, Object>> owned) {
        List<Change> changes = new ArrayList<>();
        for (Checked checked : all) {
            Optional<Map<String, Object>> before =
                    Optional.ofNullable(owned.remove(checked.wanted().pid()));
            if (checked.isValid()) {
                changes.add(new Change(
                        checked.wanted().pid(), before, Optional.of(checked.properties()), checked.secrets()));
            }
        }
        // What is ours and is not mentioned any more.
        owned.forEach((pid, before) -> changes.add(new Change(pid, Optional.of(before), Optional.empty(), Set.of())));
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

        private static Standing of(List<Checked> all, List<ConfigProblem> problems, Predicate<Pid> notDone) {
            return new Standing(
                    all.stream()
                            .map(checked -> checked.shown(state(checked, notDone)))
                            .toList(),
                    problems);
        }

        private static State state(Checked checked, Predicate<Pid> notDone) {
            if (notDone.test(checked.wanted().pid()) || !checked.problems().isEmpty()) {
                return State.REFUSED;
            }
            return checked.isPending() ? State.PENDING : State.APPLIED;
        }
    }
}
