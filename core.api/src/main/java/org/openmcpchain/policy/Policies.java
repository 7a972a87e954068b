/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The policy and its versions. Thread-safe.
 *
 * <p>Errors of every method: {@code JOURNAL_UNAVAILABLE}.
 */
@ProviderType
public interface Policies {

    /** The policy in force. */
    PolicyDocument current();

    /** An earlier version, or empty. */
    Optional<PolicyDocument> version(long version);

    /** Every version, newest first. */
    List<PolicyDocument> history();

    /**
     * Puts a new policy in force; the very next intent is judged by it. The last good one stays when this one is refused.
     *
     * <p>Errors: {@code POLICY_INVALID} (with {@code problems}), {@code POLICY_VERSION_CONFLICT} (with
     * {@code current}), {@code POLICY_DENIED} (the policy in force does not let it be changed).
     *
     * @param expectedVersion the version that the writer has read
     */
    PolicyDocument update(long expectedVersion, String text, String principal);

    /** What is wrong with a draft, one line each; empty when it is fit. */
    List<String> check(String text);

    /**
     * Judges what was decided in the past by a draft. Nothing is reserved, held or carried out.
     *
     * <p>Errors: {@code POLICY_INVALID}, {@code RUN_UNKNOWN}.
     */
    DryRun dryRun(String text, Scope scope);

    /**
     * Which part of the past.
     *
     * @param run one run, or empty for all
     * @param since from when on
     * @param until before when
     */
    record Scope(Optional<String> run, Instant since, Instant until) {}

    /**
     * What a draft would have changed.
     *
     * @param draft the label that the draft would have
     * @param judged how many decisions were looked at
     * @param same how many would have been the same
     * @param changed those that would have been different, oldest first, at most 1,000
     * @param truncated whether there are more
     */
    record DryRun(String draft, long judged, long same, List<Change> changed, boolean truncated) {

        /** Copies the list. */
        public DryRun {
            changed = List.copyOf(changed);
        }
    }

    /**
     * A decision that would have been different.
     *
     * @param stream the stream of the verdict
     * @param seq its place there
     * @param at when it was given
     * @param point where the gate was asked
     * @param subject about what
     * @param was the decision then
     * @param wasRule the rule that decided then
     * @param would the decision under the draft
     * @param wouldRule the rule that decides under the draft
     * @param reason why it would
     */
    record Change(
            String stream,
            long seq,
            Instant at,
            GatePoint point,
            String subject,
            Decision was,
            String wasRule,
            Decision would,
            String wouldRule,
            String reason) {}
}
