/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Policies;
import org.openmcpchain.policy.PolicyDocument;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The policy for those who read and write it. A change of the policy is an intent like any other: the policy in force says
 * who may make it.
 */
@Component
public final class GuardedPolicies implements Policies {

    /** What a change of the policy is about, at CONFIGURE. */
    static final String SUBJECT = "policy";

    private static final int MOST_PROBLEM_CHARACTERS = 500;

    private final PolicyVersions versions;
    private final PolicyGate gate;
    private final JournaledStore store;
    private final Rejudging rejudging;

    /** Policies behind a gate. */
    @Activate
    public GuardedPolicies(
            @Reference PolicyVersions versions,
            @Reference PolicyGate gate,
            @Reference JournaledStore store,
            @Reference Journal journal) {
        this.versions = versions;
        this.gate = gate;
        this.store = store;
        this.rejudging = new Rejudging(journal);
    }

    @Override
    public PolicyDocument current() {
        return versions.inForce().document();
    }

    @Override
    public Optional<PolicyDocument> version(long version) {
        return versions.version(version);
    }

    @Override
    public List<PolicyDocument> history() {
        return versions.history();
    }

    @Override
    public PolicyDocument update(long expectedVersion, String text, String principal) {
        PolicyDraft draft = PolicyReader.read(text);
        try {
            versions.requireCurrent(expectedVersion);
            draft.requireFit();
            Intent change = change(expectedVersion, draft, principal);
            requireWayBack(expectedVersion, draft, change);
            requireAllowed(change);
            return versions.update(expectedVersion, draft, principal);
        } catch (HostException e) {
            refused(e, draft, principal);
            throw e;
        }
    }

    @Override
    public List<String> check(String text) {
        return PolicyReader.read(text).problems();
    }

    @Override
    public DryRun dryRun(String text, Scope scope) {
        PolicyDraft draft = PolicyReader.read(text);
        draft.requireFit();
        return rejudging.under(draft, versions.inForce().document().version() + 1, scope);
    }

    private static Intent change(long expectedVersion, PolicyDraft draft, String principal) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("digest", draft.digest());
        change.put("expectedVersion", expectedVersion);
        String arguments = CanonicalJson.of(change);
        return Intent.builder(GatePoint.CONFIGURE, SUBJECT, principal)
                .arguments(arguments)
                .argumentsHash(Digests.sha256(arguments))
                .build();
    }

    /** Nobody saws off the branch that they sit on: whoever puts a policy in force could change that one, too. */
    private static void requireWayBack(long expectedVersion, PolicyDraft draft, Intent change) {
        Instant now = Instant.now();
        long version = expectedVersion + 1;
        PolicyDocument document = new PolicyDocument(
                version, draft.digest(), draft.label(version), draft.text(), change.principal(), now);
        Ruling ruling = draft.rules()
                .judge(new GateQuestion(
                        change,
                        IntentText.hash(IntentText.of(change)),
                        draft.as(document),
                        new Circumstances(now, false, List.of())));
        if (ruling.decision() == Decision.DENY) {
            String problem = "rules: " + change.principal() + " could not change this policy again (" + ruling.rule()
                    + "); it needs a rule at CONFIGURE that allows it";
            throw HostException.of(PolicyError.POLICY_INVALID, "problems", problem, "detail", problem);
        }
    }

    private void requireAllowed(Intent change) {
        Verdict verdict = gate.decide(change);
        if (verdict.isAllowed()) {
            return;
        }
        if (verdict.decision() == Decision.NEEDS_APPROVAL) {
            throw HostException.of(
                    PolicyError.POLICY_APPROVAL_NEEDED,
                    "approval",
                    verdict.approval(),
                    "rule",
                    verdict.ruleId(),
                    "detail",
                    verdict.reason());
        }
        throw HostException.of(
                PolicyError.POLICY_DENIED,
                "rule",
                verdict.ruleId(),
                "policyVersion",
                verdict.policyVersion(),
                "detail",
                verdict.reason());
    }

    /** A draft that was refused is told, too; but not one that only waits for an approval, and not a journal that is broken. */
    private void refused(HostException error, PolicyDraft draft, String principal) {
        if (error.code() instanceof JournalError || error.code() == PolicyError.POLICY_APPROVAL_NEEDED) {
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("principal", principal);
        body.put("code", error.code().name());
        body.put("digest", draft.digest().isEmpty() ? null : draft.digest());
        body.put(
                "problems",
                draft.problems().isEmpty()
                        ? List.of(SafeText.line(error.plainText(), MOST_PROBLEM_CHARACTERS))
                        : draft.problems());
        store.write(List.of(new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.POLICY_REFUSED, body)), List.of());
    }
}
