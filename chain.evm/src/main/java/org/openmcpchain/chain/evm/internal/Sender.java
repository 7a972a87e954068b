/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;

/**
 * The way of a transaction, in this order and no other: found in the log, or tried out, priced, allowed by the gate,
 * signed, checked, written to disk, sent, followed. What fails before it is signed leaves no trace and uses no nonce.
 */
final class Sender {

    /** What the node or the simulation says of the intent itself: an ordinary answer and not a fault. */
    private static final Set<ErrorCode> ANSWERS =
            Set.of(ChainError.CHAIN_REVERTED, ChainError.CHAIN_FUNDS, ChainError.CHAIN_FEE_TOO_LOW);

    /** A block of Ethereum: what was tried out longer ago is tried out again before it is signed. */
    private static final Duration FRESH = Duration.ofSeconds(12);

    private final NetworkSettings settings;
    private final EvmNode node;
    private final Crafter crafter;
    private final Nonces nonces;
    private final Tracker tracker;
    private final TransactionLog log;
    private final Oversight oversight;
    private final Questions questions;
    private final Wallets wallets;
    private final KeyLocks locks;
    private final Clock clock;
    private final Semaphore underWay;

    Sender(
            NetworkSettings settings,
            EvmNode node,
            Abi abi,
            Tracker tracker,
            TransactionLog log,
            Oversight oversight,
            Questions questions,
            Wallets wallets,
            KeyLocks locks,
            Clock clock) {
        this.settings = settings;
        this.node = node;
        this.crafter = new Crafter(settings, node, abi);
        this.nonces = new Nonces(settings.info().id(), node, log);
        this.tracker = tracker;
        this.log = log;
        this.oversight = oversight;
        this.questions = questions;
        this.wallets = wallets;
        this.locks = locks;
        this.clock = clock;
        this.underWay = new Semaphore(settings.maxInFlight(), true);
    }

    List<Object> read(ContractCall call) {
        return crafter.read(call);
    }

    Outcome<TransactionReceipt> send(CallScope scope, TransactionIntent intent) {
        String key = idempotencyKey(scope, intent.label());
        Instant deadline = deadline(scope);
        try (KeyLocks.Held held = locks.acquire(key, nanosUntil(deadline)).orElse(null)) {
            if (held == null) {
                return new Outcome.Unknown<>(key, "The same transaction is being sent by another call");
            }
            Optional<TransactionRecord> earlier = log.find(key);
            if (earlier.isPresent()) {
                return tracker.resume(earlier.get(), deadline);
            }
            return sendNew(key, scope, intent, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy("interrupted while waiting");
        }
    }

    private Outcome<TransactionReceipt> sendNew(String key, CallScope scope, TransactionIntent intent, Instant deadline)
            throws InterruptedException {
        node.requireChain();
        Optional<Intent> kept = oversight.held(key).filter(question -> question.transaction()
                .filter(facts -> facts.chain().equals(settings.info().id()))
                .isPresent());
        Instant triedOut = kept.isPresent() ? Instant.EPOCH : clock.instant();
        Intent question;
        try {
            question = kept.isPresent() ? kept.get() : crafted(key, scope, intent);
        } catch (HostException e) {
            if (ANSWERS.contains(e.code())) {
                return failed(e, intent);
            }
            throw e;
        }
        Verdict verdict = oversight.decide(question);
        if (!verdict.isAllowed()) {
            return verdict.decision() == Decision.NEEDS_APPROVAL
                    ? new Outcome.NeedsApproval<>(verdict)
                    : new Outcome.Denied<>(verdict);
        }
        Crafter.Draft draft = Crafter.Draft.of(question.transaction().orElseThrow());
        return carryOut(key, scope, intent, new Allowed(draft, verdict, triedOut), deadline);
    }

    /** May be crafted anew by every call until the gate has seen it; from then on what people were asked counts. */
    private Intent crafted(String key, CallScope scope, TransactionIntent intent) {
        return questions.ofTransaction(key, scope, intent, crafter.craft(wallets.spender(scope.account()), intent));
    }

    /**
     * What the gate has allowed.
     *
     * @param triedOut when the node last said that it works
     */
    private record Allowed(Crafter.Draft draft, Verdict verdict, Instant triedOut) {}

    private Outcome<TransactionReceipt> carryOut(
            String key, CallScope scope, TransactionIntent intent, Allowed allowed, Instant deadline)
            throws InterruptedException {
        if (!underWay.tryAcquire(nanosUntil(deadline), TimeUnit.NANOSECONDS)) {
            return notDone(key, busy("none of " + settings.maxInFlight() + " ended in time"));
        }
        try {
            Optional<TransactionRecord> sent = signInLane(key, scope, intent, allowed, deadline);
            return sent.isPresent()
                    ? tracker.follow(sent.get(), deadline)
                    : notDone(key, busy("the account did not become free in time"));
        } catch (NotSignedException e) {
            return notDone(key, failed(e.answer(), intent));
        } finally {
            underWay.release();
        }
    }

    /** An ordinary answer of the chain to a draft that was allowed and is not signed. */
    private static final class NotSignedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient HostException answer;

        NotSignedException(HostException answer) {
            super(answer);
            this.answer = answer;
        }

        HostException answer() {
            return answer;
        }
    }

    /** What was reserved for it is given back; the same call may ask again. */
    private Outcome<TransactionReceipt> notDone(String key, Outcome<TransactionReceipt> outcome) {
        oversight.notDone(key, "nothing was signed");
        return outcome;
    }

    /** Signing and the first sending stay in the lane, so that nonces reach the node in order. */
    private Optional<TransactionRecord> signInLane(
            String key, CallScope scope, TransactionIntent intent, Allowed allowed, Instant deadline)
            throws InterruptedException, NotSignedException {
        Crafter.Draft draft = allowed.draft();
        String lane = "lane " + Addresses.key(draft.from());
        try (KeyLocks.Held held = locks.acquire(lane, nanosUntil(deadline)).orElse(null)) {
            // A call that has ended must not spend any more.
            if (held == null || !clock.instant().isBefore(deadline)) {
                return Optional.empty();
            }
            if (clock.instant().isAfter(allowed.triedOut().plus(FRESH))) {
                tryAgain(draft);
            }
            long nonce = nonces.next(draft.from());
            requireFreeLane(draft.from(), nonce);
            UnsignedTransaction unsigned = unsigned(draft, nonce);
            SignedTransaction signed = wallets.holding(draft.from()).sign(unsigned, allowed.verdict());
            SignatureCheck.verify(unsigned, signed);
            TransactionRecord record = record(key, scope, intent, unsigned, signed);
            log.signed(record);
            return Optional.of(tracker.submitFirst(record));
        }
    }

    private void tryAgain(Crafter.Draft draft) throws NotSignedException {
        try {
            crafter.tryAgain(draft);
        } catch (HostException e) {
            if (ANSWERS.contains(e.code())) {
                throw new NotSignedException(e);
            }
            throw e;
        }
    }

    /** Behind a transaction that cannot be mined everything waits, and each keeps its reservation. */
    private void requireFreeLane(String from, long nonce) throws NotSignedException {
        Optional<TransactionRecord> stuck = tracker.stuck().before(from, nonce);
        if (stuck.isPresent()) {
            throw new NotSignedException(HostException.of(
                    ChainError.CHAIN_BUSY,
                    "detail",
                    "transaction " + stuck.get().hash()
                            + " of the same account cannot be mined at the present base fee",
                    "hash",
                    stuck.get().hash(),
                    "nonce",
                    stuck.get().nonce()));
        }
    }

    private UnsignedTransaction unsigned(Crafter.Draft draft, long nonce) {
        return new UnsignedTransaction(
                settings.info().id(),
                draft.from(),
                draft.to(),
                nonce,
                draft.value(),
                draft.data(),
                draft.gasLimit(),
                draft.maxPriorityFeePerGas(),
                draft.maxFeePerGas());
    }

    private TransactionRecord record(
            String key,
            CallScope scope,
            TransactionIntent intent,
            UnsignedTransaction unsigned,
            SignedTransaction signed) {
        Instant now = clock.instant();
        return new TransactionRecord(
                key,
                signed.hash(),
                scope.runId(),
                scope.callId(),
                intent.label(),
                intent.description(),
                unsigned.chain(),
                unsigned.from(),
                unsigned.to(),
                unsigned.nonce(),
                unsigned.value(),
                signed.raw(),
                TransactionState.SIGNED,
                null,
                null,
                null,
                null,
                null,
                now,
                now);
    }

    /** One for each network, run, tool call and label: the same after a restart. */
    private String idempotencyKey(CallScope scope, String label) {
        return Digests.sha256(CanonicalJson.of(Map.of(
                "chain", settings.info().id().toString(),
                "run", scope.runId(),
                "call", scope.callId(),
                "label", label)));
    }

    private Instant deadline(CallScope scope) {
        Instant timeout = clock.instant().plus(settings.receiptTimeout());
        return scope.deadline() != null && scope.deadline().isBefore(timeout) ? scope.deadline() : timeout;
    }

    private long nanosUntil(Instant deadline) {
        return Math.max(0, Duration.between(clock.instant(), deadline).toNanos());
    }

    private static Outcome<TransactionReceipt> failed(HostException e, TransactionIntent intent) {
        Map<String, String> parameters = new java.util.LinkedHashMap<>(e.parameters());
        parameters.put("label", intent.label());
        return new Outcome.Failed<>(e.code().name(), e.code().retryable(), e.plainText(), parameters);
    }

    private static Outcome<TransactionReceipt> busy(String detail) {
        ChainError code = ChainError.CHAIN_BUSY;
        return new Outcome.Failed<>(code.name(), code.retryable(), code.summary() + ": " + detail, Map.of());
    }
}
