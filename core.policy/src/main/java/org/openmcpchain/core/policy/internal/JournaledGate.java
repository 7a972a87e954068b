/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Grant;
import org.openmcpchain.market.Grants;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the rules in order, denies what none of them allows, and journals each verdict before it counts. */
@Component(name = JournaledGate.PID)
@Designate(ocd = StartingPolicy.class)
public final class JournaledGate implements PolicyGate {

    static final String PID = "org.openmcpchain.core.policy.StartingPolicy";

    private static final Logger LOG = LoggerFactory.getLogger(JournaledGate.class);

    private final Journal journal;
    private final List<Rule> rules;
    private final String version;
    private final AtomicReference<Grants> grants = new AtomicReference<>();

    /** A gate over these limits; a limit that cannot be read keeps the gate, and so everything behind it, shut. */
    @Activate
    public JournaledGate(StartingPolicy config, @Reference Journal journal) {
        this.journal = journal;
        PolicySettings settings = PolicySettings.of(config);
        this.rules = StartingRules.of(settings, this::grantOf);
        this.version = settings.version();
        LOG.info("policy {} in force", version);
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
        String hash = Digests.sha256(CanonicalJson.of(text));
        Verdict verdict = judge(intent, hash);
        journal.append(stream(intent), EntryTypes.GATE_VERDICT, body(text, verdict));
        return verdict;
    }

    @Override
    public String policyVersion() {
        return version;
    }

    private Verdict judge(Intent intent, String hash) {
        for (Rule rule : rules) {
            Optional<Rule.Ruling> ruling;
            try {
                ruling = rule.judge(intent);
            } catch (RuntimeException e) {
                LOG.error("rule {} broke; the intent is denied", rule.id(), e);
                return new Verdict(Decision.DENY, rule.id(), version, "the rule could not be evaluated", hash);
            }
            if (ruling.isPresent()) {
                return new Verdict(
                        ruling.get().decision(),
                        rule.id(),
                        version,
                        ruling.get().reason(),
                        hash);
            }
        }
        return new Verdict(Decision.DENY, "default-deny", version, "no rule allows this", hash);
    }

    private Optional<Grant> grantOf(BundleRef bundle) {
        Grants service = grants.get();
        return service == null ? Optional.empty() : service.of(bundle);
    }

    private static String stream(Intent intent) {
        return intent.runId().map(id -> "run/" + id).orElse(JournalEntry.HOST_STREAM);
    }

    private static Map<String, Object> body(Map<String, Object> intent, Verdict verdict) {
        Map<String, Object> body = new LinkedHashMap<>(intent);
        body.remove("runId");
        body.put("decision", verdict.decision());
        body.put("rule", verdict.ruleId());
        body.put("policyVersion", verdict.policyVersion());
        body.put("reason", verdict.reason());
        body.put("intentHash", verdict.intentHash());
        return body;
    }
}
