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
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.tool.Effect;
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

    private final NetworkSettings settings;
    private final EvmNode node;
    private final Abi abi;
    private final Crafter crafter;
    private final Nonces nonces;
    private final Tracker tracker;
    private final TransactionLog log;
    private final PolicyGate gate;
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
            PolicyGate gate,
            Wallets wallets,
            KeyLocks locks,
            Clock clock) {
        this.settings = settings;
        this.node = node;
        this.abi = abi;
        this.crafter = new Crafter(settings, node, abi);
        this.nonces = new Nonces(settings.info().id(), node, log);
        this.tracker = tracker;
        this.log = log;
        this.gate = gate;
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
        String from = wallets.spender(scope.account());
        Crafter.Draft draft;
        try {
            draft = crafter.craft(from, intent);
        } catch (HostException e) {
            if (ANSWERS.contains(e.code())) {
                return failed(e, intent);
            }
            throw e;
        }
        Verdict verdict = gate.decide(decoded(scope, intent, draft));
        if (!verdict.isAllowed()) {
            return verdict.decision() == Decision.NEEDS_APPROVAL
                    ? new Outcome.NeedsApproval<>(verdict)
                    : new Outcome.Denied<>(verdict);
        }
        if (!underWay.tryAcquire(nanosUntil(deadline), TimeUnit.NANOSECONDS)) {
            return busy("none of " + settings.maxInFlight() + " ended in time");
        }
        try {
            Optional<TransactionRecord> sent = signInLane(key, scope, intent, draft, verdict, deadline);
            return sent.isPresent()
                    ? tracker.follow(sent.get(), deadline)
                    : busy("the account did not become free in time");
        } finally {
            underWay.release();
        }
    }

    /** Signing and the first sending stay in the lane, so that nonces reach the node in order. */
    private Optional<TransactionRecord> signInLane(
            String key,
            CallScope scope,
            TransactionIntent intent,
            Crafter.Draft draft,
            Verdict verdict,
            Instant deadline)
            throws InterruptedException {
        String lane = "lane " + Addresses.key(draft.from());
        try (KeyLocks.Held held = locks.acquire(lane, nanosUntil(deadline)).orElse(null)) {
            // A call that has ended must not spend any more.
            if (held == null || !clock.instant().isBefore(deadline)) {
                return Optional.empty();
            }
            UnsignedTransaction unsigned = unsigned(draft, nonces.next(draft.from()));
            SignedTransaction signed = wallets.holding(draft.from()).sign(unsigned, verdict);
            SignatureCheck.verify(unsigned, signed);
            TransactionRecord record = record(key, scope, intent, unsigned, signed);
            log.signed(record);
            return Optional.of(tracker.submitFirst(record));
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

    private Intent decoded(CallScope scope, TransactionIntent intent, Crafter.Draft draft) {
        TransactionFacts facts = new TransactionFacts(
                settings.info().id(),
                draft.from(),
                draft.to(),
                contractName(draft.to()),
                assetSymbol(draft.to()),
                intent.call().map(abi::signature).orElse(null),
                intent.call().map(call -> Abi.texts(call.arguments())).orElse(List.of()),
                draft.value(),
                draft.gasLimit(),
                draft.maxFeePerGas(),
                draft.maxPriorityFeePerGas(),
                draft.data(),
                List.of(),
                List.of(),
                false);
        return Intent.builder(GatePoint.SIGN, scope.tool(), scope.principal())
                .run(scope.runId(), scope.callId())
                .bundle(scope.bundle())
                .effect(Effect.TRANSACTION)
                .transaction(facts)
                .build();
    }

    private String contractName(String address) {
        return settings.info().contracts().entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(address))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private String assetSymbol(String address) {
        return settings.info().assets().stream()
                .filter(asset -> !asset.id().isCoin() && asset.id().reference().equalsIgnoreCase(address))
                .map(org.openmcpchain.money.Asset::symbol)
                .findFirst()
                .orElse(null);
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
