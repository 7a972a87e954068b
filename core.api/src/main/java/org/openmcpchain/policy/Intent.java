/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.util.Optional;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.tool.Effect;

/** What somebody wants to do, typed and decoded. Immutable; made with {@link #builder}. */
public final class Intent {

    private final GatePoint point;
    private final String subject;
    private final String principal;
    private final String runId;
    private final String callId;
    private final BundleRef bundle;
    private final Effect effect;
    private final String argumentsHash;
    private final String key;
    private final String session;
    private final String arguments;
    private final TransactionFacts transaction;
    private final SignatureFacts signature;
    private final InferenceFacts inference;

    private Intent(Builder builder) {
        this.point = builder.point;
        this.subject = builder.subject;
        this.principal = builder.principal;
        this.runId = builder.runId;
        this.callId = builder.callId;
        this.bundle = builder.bundle;
        this.effect = builder.effect;
        this.argumentsHash = builder.argumentsHash;
        this.key = builder.key;
        this.session = builder.session;
        this.arguments = builder.arguments;
        this.transaction = builder.transaction;
        this.signature = builder.signature;
        this.inference = builder.inference;
    }

    /**
     * Starts an intent.
     *
     * @param point where the gate is asked
     * @param subject what it is about: a provider id, a tool operation, a listing id or a PID
     * @param principal on whose behalf
     */
    public static Builder builder(GatePoint point, String subject, String principal) {
        return new Builder(point, subject, principal);
    }

    /** Where the gate is asked. */
    public GatePoint point() {
        return point;
    }

    /** A provider id, a tool operation such as {@code dex_swap}, a listing id or a PID. */
    public String subject() {
        return subject;
    }

    /** On whose behalf. */
    public String principal() {
        return principal;
    }

    /** The run, or empty for an administrative act. */
    public Optional<String> runId() {
        return Optional.ofNullable(runId);
    }

    /** The tool call, or empty. */
    public Optional<String> callId() {
        return Optional.ofNullable(callId);
    }

    /** The bundle that wants it, or empty. */
    public Optional<BundleRef> bundle() {
        return Optional.ofNullable(bundle);
    }

    /** What a tool call does to the world, or empty. */
    public Optional<Effect> effect() {
        return Optional.ofNullable(effect);
    }

    /** SHA-256 of the canonical arguments, lower-case hex, or empty. */
    public Optional<String> argumentsHash() {
        return Optional.ofNullable(argumentsHash);
    }

    /**
     * What stays the same however often this intent is brought before the gate: the idempotency key of a transaction or a
     * signature, {@code <run>/<call>} of a tool call, {@code <run>/round/<n>} of a question to a model. Reservations and
     * approvals are bound to it. Empty for an administrative act, which is known by its hash.
     */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** The canonical key of the session that the run belongs to, or empty. */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }

    /** The canonical arguments of a tool call, a JSON object, or empty. */
    public Optional<String> arguments() {
        return Optional.ofNullable(arguments);
    }

    /** The decoded transaction, or empty. */
    public Optional<TransactionFacts> transaction() {
        return Optional.ofNullable(transaction);
    }

    /** The decoded message, or empty. */
    public Optional<SignatureFacts> signature() {
        return Optional.ofNullable(signature);
    }

    /** The question to a model, or empty. */
    public Optional<InferenceFacts> inference() {
        return Optional.ofNullable(inference);
    }

    /** Collects the parts of an intent. Not thread-safe. */
    public static final class Builder {

        private final GatePoint point;
        private final String subject;
        private final String principal;
        private String runId;
        private String callId;
        private BundleRef bundle;
        private Effect effect;
        private String argumentsHash;
        private String key;
        private String session;
        private String arguments;
        private TransactionFacts transaction;
        private SignatureFacts signature;
        private InferenceFacts inference;

        private Builder(GatePoint point, String subject, String principal) {
            this.point = point;
            this.subject = subject;
            this.principal = principal;
        }

        /** The run and the tool call (which may be null) within it. */
        public Builder run(String id, String call) {
            this.runId = id;
            this.callId = call;
            return this;
        }

        /** The bundle that wants it. */
        public Builder bundle(BundleRef ref) {
            this.bundle = ref;
            return this;
        }

        /** What the tool call does to the world. */
        public Builder effect(Effect toolEffect) {
            this.effect = toolEffect;
            return this;
        }

        /** SHA-256 of the canonical arguments, lower-case hex. */
        public Builder argumentsHash(String sha256) {
            this.argumentsHash = sha256;
            return this;
        }

        /** What stays the same however often this intent is brought; see {@link Intent#key}. */
        public Builder key(String idempotencyKey) {
            this.key = idempotencyKey;
            return this;
        }

        /** The canonical key of the run's session, or null. */
        public Builder session(String sessionKey) {
            this.session = sessionKey;
            return this;
        }

        /** The canonical arguments of a tool call, a JSON object. */
        public Builder arguments(String canonicalJson) {
            this.arguments = canonicalJson;
            return this;
        }

        /** The decoded message. */
        public Builder signature(SignatureFacts facts) {
            this.signature = facts;
            return this;
        }

        /** The question to a model. */
        public Builder inference(InferenceFacts facts) {
            this.inference = facts;
            return this;
        }

        /** The decoded transaction. */
        public Builder transaction(TransactionFacts facts) {
            this.transaction = facts;
            return this;
        }

        /** The intent. */
        public Intent build() {
            return new Intent(this);
        }
    }
}
