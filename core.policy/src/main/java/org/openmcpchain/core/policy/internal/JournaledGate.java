/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.openmcpchain.core.policy.internal.Reserved.Refusal;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.market.Grant;
import org.openmcpchain.market.Grants;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate's flow: the rules say allow, deny or ask; the caps count what is not denied; people are asked; and the verdict is
 * journaled, with everything that it changes, before it counts. Meanwhile only the intent's own key is held: intents with
 * other keys are decided and written at the same time.
 */
@Component(service = PolicyGate.class)
public final class JournaledGate implements PolicyGate {

    private static final Logger LOG = LoggerFactory.getLogger(JournaledGate.class);

    private final PolicyVersions policies;
    private final JournaledStore store;
    private final Reservations reservations;
    private final ApprovalDesk approvals;
    private final Clock clock;
    private final AtomicReference<Grants> grants = new AtomicReference<>();

    /** A gate in front of everything. */
    @Activate
    public JournaledGate(
            @Reference PolicyVersions policies,
            @Reference JournaledStore store,
            @Reference Reservations reservations,
            @Reference ApprovalDesk approvals) {
        this(policies, store, reservations, approvals, Clock.systemUTC());
    }

    JournaledGate(
            PolicyVersions policies,
            JournaledStore store,
            Reservations reservations,
            ApprovalDesk approvals,
            Clock clock) {
        this.policies = policies;
        this.store = store;
        this.reservations = reservations;
        this.approvals = approvals;
        this.clock = clock;
    }

    /** Grants come from the marketplace; while there are none, no tool has one. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindGrants(Grants service) {
        grants.set(service);
    }

    void unbindGrants(Grants service) {
        grants.compareAndSet(service, null);
    }

    @Override
    public Verdict decide(Intent intent) {
        Map<String, Object> text = IntentText.of(intent);
        GateQuestion question =
                new GateQuestion(intent, IntentText.hash(text), policies.inForce(), circumstances(intent));
        DecisionLocks.Held held = reservations.hold(question);
        try {
            Ruling ruling = question.policy().rules().judge(question);
            Weighed weighed = ruling.decision() == Decision.DENY ? refuse(question, ruling) : weigh(question, ruling);
            write(question, text, ruling, weighed);
            return weighed.verdict();
        } finally {
            held.close();
        }
    }

    @Override
    public String policyVersion() {
        return policies.inForce().label();
    }

    private Weighed refuse(GateQuestion question, Ruling ruling) {
        Consequences consequences = new Consequences();
        try {
            consequences.add(reservations.refused(question));
            consequences.add(approvals.decidedWithout(question));
        } catch (RuntimeException e) {
            consequences.rollback();
            throw e;
        }
        return new Weighed(verdict(question, ruling, null), List.of(), consequences);
    }

    private Weighed weigh(GateQuestion question, Ruling ruling) {
        Reserved reserved = reservations.reserve(question);
        Consequences consequences = new Consequences();
        try {
            Ruling counted = withCaps(ruling, reserved.refusals());
            List<CapUsage> usage = List.copyOf(reserved.usage());
            Verdict verdict = counted.decision() == Decision.NEEDS_APPROVAL
                    ? ask(question, counted, consequences)
                    : verdict(question, counted, null);
            if (counted.decision() != Decision.NEEDS_APPROVAL) {
                consequences.add(approvals.decidedWithout(question));
            }
            consequences.add(reserved.with(verdict.decision()));
            return new Weighed(verdict, usage, consequences);
        } catch (RuntimeException e) {
            reserved.cancel();
            consequences.rollback();
            throw e;
        }
    }

    private Verdict ask(GateQuestion question, Ruling ruling, Consequences consequences) {
        ApprovalDesk.Answer answer = approvals.ask(question, ruling);
        consequences.add(answer.consequence());
        return new Verdict(
                answer.decision(),
                answer.rule(),
                question.policy().label(),
                answer.reason(),
                question.intentHash(),
                answer.approval());
    }

    private static Ruling withCaps(Ruling ruling, List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            return ruling;
        }
        Refusal first = refusals.get(0);
        String rule = "cap:" + first.cap().id();
        if (first.denies()) {
            return Ruling.deny(rule, first.reason());
        }
        List<String> asking = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        List<ApprovalTerms> terms = new ArrayList<>();
        refusals.forEach(refusal -> {
            asking.add("cap " + refusal.cap().id());
            reasons.add(refusal.reason());
            terms.add(refusal.cap().approval());
        });
        if (ruling.decision() == Decision.NEEDS_APPROVAL) {
            asking.add(0, "rule " + ruling.rule());
            reasons.add(ruling.reason());
            terms.add(0, ruling.approval());
        }
        return ApprovalTerms.all(terms)
                .map(all -> new Ruling(Decision.NEEDS_APPROVAL, rule, String.join("; ", reasons), all))
                .orElseGet(() -> Ruling.deny(rule, String.join(" and ", asking) + " have no approver in common"));
    }

    private void write(GateQuestion question, Map<String, Object> text, Ruling ruling, Weighed weighed) {
        List<EntryDraft> entries = new ArrayList<>(weighed.consequences().entries());
        entries.add(new EntryDraft(
                question.stream(),
                EntryTypes.GATE_VERDICT,
                VerdictText.of(question, text, ruling, weighed.verdict(), weighed.usage())));
        List<StoreChange> rows = weighed.consequences().rows();
        try {
            store.write(entries, rows);
        } catch (RuntimeException e) {
            weighed.consequences().rollback();
            throw e;
        }
        weighed.consequences().commit();
    }

    private Circumstances circumstances(Intent intent) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Grant> grant = grantOf(intent);
        List<String> contracts = grant.stream()
                .flatMap(given -> given.permissions().stream())
                .filter(permission -> permission.kind().equals("contract"))
                .map(permission -> permission.attributes().get("contract"))
                .filter(Objects::nonNull)
                .toList();
        return new Circumstances(now, grant.isPresent(), contracts);
    }

    private Optional<Grant> grantOf(Intent intent) {
        Grants service = grants.get();
        if (service == null) {
            return Optional.empty();
        }
        try {
            return intent.bundle().flatMap(service::of);
        } catch (RuntimeException e) {
            LOG.error("the grants cannot be read; the tool counts as not granted", e);
            return Optional.empty();
        }
    }

    private static Verdict verdict(GateQuestion question, Ruling ruling, String approval) {
        return new Verdict(
                ruling.decision(),
                ruling.rule(),
                question.policy().label(),
                ruling.reason(),
                question.intentHash(),
                approval);
    }

    private record Weighed(Verdict verdict, List<CapUsage> usage, Consequences consequences) {}
}
