/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.PolicyDocument;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every version of the policy, and the one in force. The starting policy is version 1, and follows its configuration as long
 * as nobody has put another policy in force. Thread-safe.
 */
@Component(service = PolicyVersions.class, name = PolicyVersions.PID)
@Designate(ocd = StartingPolicy.class)
public final class PolicyVersions {

    static final String PID = "org.openmcpchain.core.policy.StartingPolicy";

    /** Who puts the starting policy in force. */
    static final String HOST = "host";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyVersions.class);

    private final JournaledStore store;
    private final Clock clock;
    private volatile PolicyInForce inForce;

    /** Puts the last version in force; what cannot be read keeps the gate, and so everything behind it, shut. */
    @Activate
    public PolicyVersions(StartingPolicy config, @Reference JournaledStore store) {
        this(config, store, Clock.systemUTC());
    }

    PolicyVersions(StartingPolicy config, JournaledStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        Optional<StoredPolicy> last = stored().stream().findFirst();
        if (last.isEmpty() || last.get().starting()) {
            start(config, last);
        } else {
            inForce = last.get().read();
        }
        LOG.info("policy {} in force", inForce.label());
    }

    private void start(StartingPolicy config, Optional<StoredPolicy> last) {
        PolicyDraft draft = PolicyReader.read(StartingPolicyText.of(PolicySettings.of(config)));
        draft.requireFit();
        if (last.isPresent() && last.get().document().digest().equals(draft.digest())) {
            inForce = last.get().read();
        } else {
            put(last.map(policy -> policy.document().version()).orElse(0L), draft, HOST, true);
        }
    }

    /** The policy that judges now. */
    PolicyInForce inForce() {
        return inForce;
    }

    /** Every version, newest first. */
    List<PolicyDocument> history() {
        return stored().stream().map(StoredPolicy::document).toList();
    }

    /** One version, or empty. */
    Optional<PolicyDocument> version(long version) {
        return store.document(StoredPolicy.COLLECTION, StoredPolicy.id(version))
                .map(StoredPolicy::of)
                .map(StoredPolicy::document);
    }

    /**
     * Puts a fit draft in force.
     *
     * <p>Errors: {@code POLICY_VERSION_CONFLICT}, {@code JOURNAL_UNAVAILABLE}; then the last one stays.
     */
    PolicyDocument update(long expectedVersion, PolicyDraft draft, String principal) {
        return put(expectedVersion, draft, principal, false);
    }

    /** Error: {@code POLICY_VERSION_CONFLICT}. */
    void requireCurrent(long expectedVersion) {
        long current = inForce == null ? 0 : inForce.document().version();
        if (current != expectedVersion) {
            throw HostException.of(
                    PolicyError.POLICY_VERSION_CONFLICT,
                    "current",
                    current,
                    "expected",
                    expectedVersion,
                    "detail",
                    "version " + current + " is in force, not version " + expectedVersion);
        }
    }

    /** Updates wait for each other, judging waits for none of them. */
    private synchronized PolicyDocument put(
            long expectedVersion, PolicyDraft draft, String principal, boolean starting) {
        if (inForce != null || expectedVersion == 0) {
            requireCurrent(expectedVersion);
        }
        long version = expectedVersion + 1;
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PolicyDocument document =
                new PolicyDocument(version, draft.digest(), draft.label(version), draft.text(), principal, at);
        PolicyInForce next = draft.as(document);
        store.write(
                List.of(new EntryDraft(JournalEntry.HOST_STREAM, EntryTypes.POLICY_UPDATED, body(document))),
                List.of(new StoreChange.DocumentSaved(new StoredPolicy(document, starting).toStored())));
        inForce = next;
        LOG.info("policy {} put in force by {}", next.label(), principal);
        return document;
    }

    private static Map<String, Object> body(PolicyDocument document) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", document.version());
        body.put("label", document.label());
        body.put("digest", document.digest());
        body.put("text", document.text());
        body.put("principal", document.principal());
        return body;
    }

    private List<StoredPolicy> stored() {
        return store.documents(StoredPolicy.COLLECTION).stream()
                .map(StoredPolicy::of)
                .sorted(Comparator.comparingLong(
                                (StoredPolicy policy) -> policy.document().version())
                        .reversed())
                .toList();
    }
}
