/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.MessageIntent;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.wallet.MessageSigner;
import org.openmcpchain.wallet.Wallet;

/**
 * The way of a message: found in the journal, or decoded, allowed by the gate, signed, checked, written down, handed out.
 * A signature cannot be called back, so nobody has it before it is on disk.
 */
final class MessageDesk {

    private static final int PAGE = 1_000;

    private final NetworkSettings settings;
    private final Messages messages;
    private final Questions questions;
    private final Oversight oversight;
    private final Journal journal;
    private final Wallets wallets;
    private final KeyLocks locks;
    private final Clock clock;

    MessageDesk(
            NetworkSettings settings,
            Questions questions,
            Oversight oversight,
            Journal journal,
            Wallets wallets,
            KeyLocks locks,
            Clock clock) {
        this.settings = settings;
        this.messages = new Messages(settings, oversight);
        this.questions = questions;
        this.oversight = oversight;
        this.journal = journal;
        this.wallets = wallets;
        this.locks = locks;
        this.clock = clock;
    }

    /** Errors: {@code CHAIN_CALL_INVALID}, {@code ACCOUNT_UNKNOWN}, {@code SIGNING_REJECTED}, {@code SIGNATURE_INVALID}. */
    Outcome<String> sign(CallScope scope, MessageIntent intent) {
        if (intent.label() == null || !intent.label().matches("[a-z0-9-]{1,64}")) {
            throw HostException.of(ChainError.CHAIN_CALL_INVALID, "detail", "a label has 1 to 64 of a-z, 0-9 and -");
        }
        String key = key(scope, intent.label());
        Instant deadline =
                scope.deadline() == null ? clock.instant().plus(settings.receiptTimeout()) : scope.deadline();
        long patience = Math.max(0, Duration.between(clock.instant(), deadline).toNanos());
        try (KeyLocks.Held held = locks.acquire(key, patience).orElse(null)) {
            if (held == null) {
                return busy("the same message is being signed by another call");
            }
            Optional<String> earlier = earlier(scope, intent.label());
            return earlier.isPresent() ? new Outcome.Ok<>(earlier.get()) : signNew(key, scope, intent, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy("interrupted while waiting");
        }
    }

    private Outcome<String> signNew(String key, CallScope scope, MessageIntent intent, Instant deadline) {
        Intent question = oversight
                .held(key)
                .filter(kept -> kept.signature().isPresent())
                .orElseGet(() ->
                        questions.ofMessage(key, scope, messages.facts(wallets.spender(scope.account()), intent)));
        SignatureFacts facts = question.signature().orElseThrow();
        MessageSigner signer = signer(facts.from());
        Verdict verdict = oversight.decide(question);
        if (!verdict.isAllowed()) {
            return verdict.decision() == Decision.NEEDS_APPROVAL
                    ? new Outcome.NeedsApproval<>(verdict)
                    : new Outcome.Denied<>(verdict);
        }
        if (!clock.instant().isBefore(deadline)) {
            oversight.notDone(key, "the call has ended before anything was signed");
            return busy("the call has ended");
        }
        String signature = signer.sign(facts, verdict);
        SignatureCheck.verify(facts, signature);
        journal.append(stream(scope), EntryTypes.MESSAGE_SIGNED, body(scope, intent, facts, verdict, signature));
        return new Outcome.Ok<>(signature);
    }

    private MessageSigner signer(String account) {
        Wallet wallet = wallets.holding(account);
        if (wallet instanceof MessageSigner signer) {
            return signer;
        }
        throw HostException.of(
                WalletError.SIGNING_REJECTED,
                "detail",
                "the wallet of this account signs no messages",
                "account",
                account);
    }

    private Map<String, Object> body(
            CallScope scope, MessageIntent intent, SignatureFacts facts, Verdict verdict, String signature) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("callId", scope.callId());
        body.put("label", intent.label());
        body.put("chain", settings.info().id().toString());
        body.put("kind", facts.kind());
        body.put("from", facts.from());
        body.put("digest", facts.digest());
        body.put("signature", signature);
        body.put("intentHash", verdict.intentHash());
        return body;
    }

    /** The signature that was written down under this label. */
    private Optional<String> earlier(CallScope scope, String label) {
        long after = 0;
        List<JournalEntry> page;
        do {
            page = journal.read(stream(scope), after, PAGE);
            for (JournalEntry entry : page) {
                if (entry.type().equals(EntryTypes.MESSAGE_SIGNED)) {
                    Map<String, Object> body = CanonicalJsonBody.of(entry.body());
                    if (scope.callId().equals(body.get("callId"))
                            && label.equals(body.get("label"))
                            && settings.info().id().toString().equals(body.get("chain"))) {
                        return Optional.of((String) body.get("signature"));
                    }
                }
                after = entry.seq();
            }
        } while (page.size() == PAGE);
        return Optional.empty();
    }

    private static String stream(CallScope scope) {
        return "run/" + scope.runId();
    }

    /** One for each network, run, tool call and label, and never that of a transaction. */
    private String key(CallScope scope, String label) {
        return Digests.sha256(CanonicalJson.of(Map.of(
                "chain", settings.info().id().toString(),
                "run", scope.runId(),
                "call", scope.callId(),
                "message", label)));
    }

    private static Outcome<String> busy(String detail) {
        ChainError code = ChainError.CHAIN_BUSY;
        return new Outcome.Failed<>(code.name(), code.retryable(), code.summary() + ": " + detail, Map.of());
    }
}
