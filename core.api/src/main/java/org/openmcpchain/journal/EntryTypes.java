/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.journal;

/** The types of entries that the host writes. A receipt and the UI are made from these and from nothing else. */
public final class EntryTypes {

    /** A goal was accepted. Body: goal, principal, clientId, network, session, metadata, traceId. */
    public static final String RUN_SUBMITTED = "run.submitted";
    /**
     * A run changed its state. Body: from, to, attempt, reason; when an attempt begins also bundles, all that are active;
     * when it is tried again for reason {@code retry} also retry (1 for the first), code, detail, due.
     */
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

    /** A run is held until people decide. Body: approval. */
    public static final String RUN_HELD = "run.held";
    /** Somebody steers a run. Body: principal, text, parameters. */
    public static final String RUN_STEERED = "run.steered";
    /** Somebody wants a run to pause. Body: principal, reason, grace. */
    public static final String RUN_INTERRUPT_REQUESTED = "run.interrupt-requested";
    /** Somebody lets a paused run go on. Body: principal. */
    public static final String RUN_RESUMED = "run.resumed";
    /** What an agent was told beside the goal. Body: blocks, each with kind, source, text, tokens. */
    public static final String CONTEXT_PREPARED = "context.prepared";
    /** People are asked. Body: see {@code Approval}. */
    public static final String APPROVAL_REQUESTED = "approval.requested";
    /** One person has answered. Body: approval, principal, approves, comment, state. */
    public static final String APPROVAL_VOTED = "approval.voted";
    /** A question is closed. Body: approval, state, reason. */
    public static final String APPROVAL_CLOSED = "approval.closed";
    /** A message was signed. Body: callId, label, kind, from, digest, signature, intentHash. */
    public static final String MESSAGE_SIGNED = "message.signed";
    /** A policy was put in force. Body: version, digest, text, principal. */
    public static final String POLICY_UPDATED = "policy.updated";
    /** A draft of a policy was refused. Body: principal, code, problems. */
    public static final String POLICY_REFUSED = "policy.refused";
    /** Something was reserved, settled or given back. Body: key, caps, amounts, state. */
    public static final String LEDGER_CHANGED = "ledger.changed";
    /** A run was given up after all its retries. Body: run, code, detail, attempts. */
    public static final String DEAD_LETTER_ADDED = "dead-letter.added";
    /** Somebody looked after a dead letter. Body: run, state, principal, replayedAs, reason. */
    public static final String DEAD_LETTER_CLOSED = "dead-letter.closed";
    /** A session was created. Body: key, principal, mode. */
    public static final String SESSION_CREATED = "session.created";
    /** A message was taken. Body: message, principal, text, clientId, mode, network. */
    public static final String SESSION_MESSAGE = "session.message";
    /** Messages became a run, or were handed to one. Body: run, messages, how. */
    public static final String SESSION_TURN = "session.turn";
    /** The run of a turn ended. Body: run, state, answer. */
    public static final String SESSION_ANSWER = "session.answer";
    /** The older part of the context was replaced by a summary. Body: through, summary, tokensBefore, tokensAfter. */
    public static final String SESSION_COMPACTED = "session.compacted";
    /** The context was cleared. Body: principal, command. */
    public static final String SESSION_RESET = "session.reset";
    /** The mode was changed. Body: principal, mode, effective. */
    public static final String SESSION_MODE = "session.mode";
    /** The state of the whole journal. Body: number, streams, entries, root, previous, heads. */
    public static final String JOURNAL_CHECKPOINT = "journal.checkpoint";
    /** Streams of finished runs went into an archive. Body: runs, entries, archive, sha256, principal. */
    public static final String JOURNAL_COMPACTED = "journal.compacted";
    /** A snapshot was taken. Body: id, base, rows, bytes, stateHash, sha256, principal. */
    public static final String JOURNAL_SNAPSHOT = "journal.snapshot";

    private EntryTypes() {}
}
