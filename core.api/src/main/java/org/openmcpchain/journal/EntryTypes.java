/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

/** The types of entries that the host writes. A receipt and the UI are made from these and from nothing else. */
public final class EntryTypes {

    /** A goal was accepted. Body: goal, principal, clientId, network, metadata. */
    public static final String RUN_SUBMITTED = "run.submitted";
    /** A run changed its state. Body: from, to, attempt, reason; when an attempt begins also bundles, all that are active. */
    public static final String RUN_STATE = "run.state";
    /** Somebody wants a run to end; it ends as soon as its work can be stopped. Body: principal, reason. */
    public static final String RUN_CANCEL_REQUESTED = "run.cancel-requested";
    /** The agent asks a model (phase PLAN). Body: round, provider, label, model, bundle, requestHash. */
    public static final String INFERENCE_REQUESTED = "inference.requested";
    /** The model answered (phase PLAN). Body: round, provider, model, requestHash, responseHash, thought, reply, toolCalls, tokens. */
    public static final String INFERENCE_REPLIED = "inference.replied";
    /** The agent chose a tool (phase SELECT_TOOL). Body: callId, tool, effect, bundle, arguments, argumentsHash. */
    public static final String TOOL_SELECTED = "tool.selected";
    /** A tool call ended (phase EXECUTE). Body: callId, tool, outcome, result or code and detail, resultHash. */
    public static final String TOOL_RETURNED = "tool.returned";
    /** The gate decided. Body: point, subject, decision, rule, policyVersion, reason. */
    public static final String GATE_VERDICT = "gate.verdict";
    /** A transaction was signed and is on disk. Body: see {@code TransactionRecord}. */
    public static final String TX_SIGNED = "tx.signed";
    /** A transaction changed its state. Body: hash, state, blockNumber, gasUsed, detail. */
    public static final String TX_STATE = "tx.state";
    /** A run ended. Body: state, outcome, errorCode, resultHash, receiptDigest. Always the last entry of its stream. */
    public static final String RUN_ENDED = "run.ended";
    /** A bundle was installed. Body: bundle, permissions, principal. */
    public static final String MARKET_INSTALLED = "market.installed";
    /** An installation was refused or undone. Body: id, version, code, parameters, principal. */
    public static final String MARKET_REFUSED = "market.refused";
    /** A bundle was removed. Body: bundle, principal. */
    public static final String MARKET_REMOVED = "market.removed";
    /** An API key was issued. Body: keyId, principal, scopes. Never the key. */
    public static final String KEY_ISSUED = "access.key-issued";
    /** An API key was revoked. Body: keyId, principal. */
    public static final String KEY_REVOKED = "access.key-revoked";
    /** The configuration was changed. Body: pid, keys, profile, principal. Never a value of a secret. */
    public static final String CONFIG_CHANGED = "config.changed";
    /** The host started. Body: version, bundles. */
    public static final String HOST_STARTED = "host.started";

    private EntryTypes() {}
}
