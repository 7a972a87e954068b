/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.core.config.internal.ConfigurationTarget.Change;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between a wish and its effect: the gate and the journal. Both are configured by us and need a database, so at
 * the first start neither is there; what was applied without a journal is written down when there is one. Used by one thread.
 */
final class Permits {

    private static final Logger LOG = LoggerFactory.getLogger(Permits.class);
    private static final int MAX_UNWRITTEN = 1000;

    private final SecretMarks marks;
    private final Deque<Map<String, Object>> unwritten = new ArrayDeque<>();

    Permits(SecretMarks marks) {
        this.marks = marks;
    }

    /** Asks the gate for each change; empty when all are allowed. */
    List<ConfigProblem> ask(Optional<PolicyGate> gate, List<Change> changes, String principal) {
        List<ConfigProblem> problems = new ArrayList<>();
        gate.ifPresent(present -> changes.forEach(change -> {
            try {
                Verdict verdict = present.decide(intent(change, principal));
                if (!verdict.isAllowed()) {
                    problems.add(Problem.refused(change.pid().toString(), refusal(verdict)));
                }
            } catch (HostException e) {
                problems.add(Problem.refused(change.pid().toString(), e));
            }
        }));
        return problems;
    }

    /** Writes the changes down before they are made. Error: {@code JOURNAL_UNAVAILABLE}; then nothing may be changed. */
    void record(Optional<Journal> journal, List<Change> changes, String principal) {
        for (Change change : changes) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("pid", change.pid().toString());
            body.put("keys", change.keys());
            body.put("principal", principal);
            if (journal.isPresent()) {
                append(journal.get(), body);
            } else if (unwritten.size() < MAX_UNWRITTEN) {
                unwritten.add(body);
            }
        }
    }

    /** Writes down what was done before there was a journal. */
    void catchUp(Journal journal) {
        try {
            while (!unwritten.isEmpty()) {
                append(journal, unwritten.peek());
                unwritten.remove();
            }
        } catch (HostException e) {
            LOG.warn("{} configuration changes are not in the journal yet: {}", unwritten.size(), e.getMessage());
        }
    }

    private static void append(Journal journal, Map<String, Object> body) {
        journal.append(JournalEntry.HOST_STREAM, EntryTypes.CONFIG_CHANGED, body);
    }

    private Intent intent(Change change, String principal) {
        AskedChange asked = new AskedChange(change, marks);
        return Intent.builder(GatePoint.CONFIGURE, change.pid().toString(), principal)
                .arguments(asked.arguments())
                .argumentsHash(asked.hash())
                .build();
    }

    private static HostException refusal(Verdict verdict) {
        PolicyError code = verdict.decision() == Decision.NEEDS_APPROVAL
                ? PolicyError.POLICY_APPROVAL_NEEDED
                : PolicyError.POLICY_DENIED;
        return HostException.of(code, "rule", verdict.ruleId(), "detail", verdict.reason());
    }
}
