/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.openmcpchain.chain.AccountId;
import org.openmcpchain.chain.BlockRef;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.Log;
import org.openmcpchain.chain.MessageIntent;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.run.Outcome;

/**
 * A chain whose answers are written down by a test and whose transactions are only recorded. It refuses calls whose
 * arguments do not fit their signature, as a real chain does, and repeats the outcome of a transaction that was sent
 * under the same label before, as the host does after a restart. Set it up on one thread; then thread-safe.
 */
public final class FakeChainAccess implements ChainAccess {

    /** When the newest block was made, unless a test says otherwise. */
    public static final Instant BLOCK_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final BigInteger GAS_USED = BigInteger.valueOf(100_000);
    private static final BigInteger GAS_PRICE = BigInteger.valueOf(1_000_000_000);

    private final NetworkInfo network;
    private final String account;
    private final Map<String, Function<List<Object>, List<Object>>> reads = new LinkedHashMap<>();
    private final Map<String, BigInteger> balances = new LinkedHashMap<>();
    private final Map<String, Function<TransactionIntent, Outcome<TransactionReceipt>>> sends = new LinkedHashMap<>();
    private final Map<String, Outcome<TransactionReceipt>> settled = new LinkedHashMap<>();
    private final List<TransactionIntent> sent = Collections.synchronizedList(new ArrayList<>());
    private BlockRef head = new BlockRef(100, FakeLogs.word(BigInteger.valueOf(100)), BLOCK_TIME);

    /** A chain on which nothing is scripted yet. */
    public FakeChainAccess(NetworkInfo network, String account) {
        this.network = network;
        this.account = account;
    }

    /** Answers a view function, whatever its arguments, with these values. */
    public FakeChainAccess answer(String contract, String functionName, Object... results) {
        return answer(contract, functionName, arguments -> List.of(results));
    }

    /** Answers a view function by its arguments. */
    public FakeChainAccess answer(String contract, String functionName, Function<List<Object>, List<Object>> answer) {
        reads.put(readKey(contract, functionName), answer);
        return this;
    }

    /** Makes a view function revert. */
    public FakeChainAccess revert(String contract, String functionName, String reason) {
        return answer(contract, functionName, arguments -> {
            throw HostException.of(ChainError.CHAIN_REVERTED, "reason", reason);
        });
    }

    /** Sets an account's balance of the coin; zero if not set. */
    public FakeChainAccess balance(String address, BigInteger units) {
        balances.put(key(address), units);
        return this;
    }

    /** Sets the newest block. */
    public FakeChainAccess head(long number, Instant timestamp) {
        head = new BlockRef(number, FakeLogs.word(BigInteger.valueOf(number)), timestamp);
        return this;
    }

    /** Says what becomes of the transaction with this label. */
    public FakeChainAccess outcome(String label, Function<TransactionIntent, Outcome<TransactionReceipt>> outcome) {
        sends.put(label, outcome);
        return this;
    }

    /** Lets the transaction with this label be mined with these events. */
    public FakeChainAccess mines(String label, Log... logs) {
        return outcome(label, intent -> new Outcome.Ok<>(receipt(intent, logs)));
    }

    /** Lets the transaction with this label revert when it is simulated, so that it is never sent. */
    public FakeChainAccess refuses(String label, String reason) {
        return outcome(
                label,
                intent -> new Outcome.Failed<>(
                        ChainError.CHAIN_REVERTED.name(), false, "reverted: " + reason, Map.of("reason", reason)));
    }

    /** Every intent that was handed over and not a repetition, in order. */
    public List<TransactionIntent> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    @Override
    public NetworkInfo network() {
        return network;
    }

    @Override
    public AccountId account() {
        return new AccountId(network.id(), account);
    }

    @Override
    public BlockRef head() {
        return head;
    }

    @Override
    public BigInteger balance(String address) {
        return balances.getOrDefault(key(address), BigInteger.ZERO);
    }

    @Override
    public List<Object> read(ContractCall call) {
        FunctionShape shape = checked(call);
        Function<List<Object>, List<Object>> answer = reads.get(readKey(call.to(), shape.name()));
        if (answer == null) {
            throw new AssertionError("no answer is scripted for " + call.function() + " of " + call.to());
        }
        List<Object> results = answer.apply(call.arguments());
        shape.faultOfResults(results).ifPresent(fault -> {
            throw new AssertionError("the scripted answer does not fit " + call.function() + ": " + fault);
        });
        return results;
    }

    @Override
    public String resolve(String nameOrAddress) {
        if (nameOrAddress.matches("0x[0-9a-fA-F]{40}")) {
            return nameOrAddress;
        }
        String address = network.names().get(nameOrAddress);
        if (address == null) {
            throw HostException.of(ChainError.CHAIN_NAME_UNKNOWN, "name", nameOrAddress);
        }
        return address;
    }

    @Override
    public Outcome<String> sign(MessageIntent intent) {
        throw new AssertionError("no signature is scripted for the message " + intent.label());
    }

    @Override
    public synchronized Outcome<TransactionReceipt> send(TransactionIntent intent) {
        Outcome<TransactionReceipt> before = settled.get(intent.label());
        if (before != null) {
            return before;
        }
        intent.call().ifPresent(FakeChainAccess::checked);
        Function<TransactionIntent, Outcome<TransactionReceipt>> outcome = sends.get(intent.label());
        if (outcome == null) {
            throw new AssertionError("no outcome is scripted for the transaction " + intent.label());
        }
        sent.add(intent);
        Outcome<TransactionReceipt> result = outcome.apply(intent);
        if (result.isOk() || result instanceof Outcome.Unknown<?>) {
            settled.put(intent.label(), result);
        }
        return result;
    }

    private TransactionReceipt receipt(TransactionIntent intent, Log... logs) {
        String hash = "0x" + Digests.sha256(network.id() + "/" + intent.label() + "/" + sent.size());
        return new TransactionReceipt(
                hash, head.number() + 1, head.hash(), GAS_USED, GAS_PRICE, account, intent.to(), List.of(logs));
    }

    private static FunctionShape checked(ContractCall call) {
        FunctionShape shape;
        try {
            shape = FunctionShape.parse(call.function());
        } catch (IllegalArgumentException e) {
            throw HostException.caused(e, ChainError.CHAIN_CALL_INVALID, "detail", e.getMessage());
        }
        shape.faultOfArguments(call.arguments()).ifPresent(fault -> {
            throw HostException.of(ChainError.CHAIN_CALL_INVALID, "function", call.function(), "detail", fault);
        });
        return shape;
    }

    private static String readKey(String contract, String functionName) {
        return key(contract) + "." + functionName;
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
