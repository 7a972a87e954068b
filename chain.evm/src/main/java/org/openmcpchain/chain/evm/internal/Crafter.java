/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.policy.TransactionFacts;

/** Turns an intent into calldata, gas and fees, after it was tried out on the newest state. Source: EIP-1559. */
final class Crafter {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    /** For so many full blocks in a row whatever is signed can still be mined. */
    private static final int BLOCKS_AHEAD = 5;
    /** The steepest rise over these blocks: each by an eighth, the BASE_FEE_MAX_CHANGE_DENOMINATOR of EIP-1559. */
    private static final BigInteger RISE = BigInteger.valueOf(9).pow(BLOCKS_AHEAD);

    private static final BigInteger RISE_OF = BigInteger.valueOf(8).pow(BLOCKS_AHEAD);

    /** The base fee may rise by two thirds while people look at a draft, before its cap is too low to be signed. */
    private static final BigInteger CAP = BigInteger.valueOf(3);

    private final NetworkSettings settings;
    private final EvmNode node;
    private final Abi abi;

    Crafter(NetworkSettings settings, EvmNode node, Abi abi) {
        this.settings = settings;
        this.node = node;
        this.abi = abi;
    }

    /**
     * A transaction that only lacks its nonce.
     *
     * @param from the sender, 0x hex
     * @param to the receiver, 0x hex
     * @param value wei
     * @param data calldata, 0x hex
     */
    record Draft(
            String from,
            String to,
            BigInteger value,
            String data,
            BigInteger gasLimit,
            BigInteger maxPriorityFeePerGas,
            BigInteger maxFeePerGas) {

        /** The very draft that the gate was asked about. */
        static Draft of(TransactionFacts facts) {
            return new Draft(
                    facts.from(),
                    facts.to(),
                    facts.value(),
                    facts.data(),
                    facts.gasLimit(),
                    facts.maxPriorityFeePerGas(),
                    facts.maxFeePerGas());
        }
    }

    /**
     * Tries the intent out and prices it. Errors: {@code CHAIN_REVERTED} with the decoded reason,
     * {@code CHAIN_CALL_INVALID}, {@code CHAIN_FUNDS}, {@code CHAIN_FEE_TOO_LOW}.
     */
    Draft craft(String from, TransactionIntent intent) {
        String to = address(intent.to());
        String data = intent.call().map(abi::encode).orElse("0x");
        node.call(from, to, data, intent.value(), null);
        BigInteger gas = withMargin(node.estimateGas(from, to, data, intent.value()));

        BigInteger base = node.baseFee();
        BigInteger priority = settings.fees().priority().orElseGet(node::suggestedPriorityFee);
        BigInteger wanted = base.multiply(CAP).add(priority);
        BigInteger max = wanted.min(settings.fees().ceiling().orElse(wanted));
        requireHeadroom(base, priority, max, "the configured greatest fee leaves too little room above the base fee");
        Draft draft = new Draft(from, to, intent.value(), data, gas, priority, max);
        requireFunds(draft);
        return draft;
    }

    /**
     * Tries a draft out again that people have looked at meanwhile, as it is: the state has changed, the draft has not.
     * Errors: as {@link #craft}.
     */
    void tryAgain(Draft draft) {
        node.call(draft.from(), draft.to(), draft.data(), draft.value(), null);
        requireHeadroom(
                node.baseFee(),
                draft.maxPriorityFeePerGas(),
                draft.maxFeePerGas(),
                "gas has become dearer than what was approved: too little room is left above the base fee");
        requireFunds(draft);
    }

    /** A contract's answer to a call that only looks. Errors: as {@link #craft}. */
    java.util.List<Object> read(ContractCall call) {
        return abi.decode(call, node.call(null, address(call.to()), abi.encode(call), null, null));
    }

    /** What is signed too close to the base fee gets stuck when that rises, and everything behind it, too. */
    private static void requireHeadroom(BigInteger base, BigInteger priority, BigInteger max, String detail) {
        BigInteger needed = base.multiply(RISE)
                .add(RISE_OF)
                .subtract(BigInteger.ONE)
                .divide(RISE_OF)
                .add(priority);
        if (max.compareTo(needed) < 0) {
            throw HostException.of(
                    ChainError.CHAIN_FEE_TOO_LOW,
                    "detail",
                    detail + ", which may rise for " + BLOCKS_AHEAD + " blocks",
                    "baseFee",
                    base,
                    "needed",
                    needed,
                    "maxFeePerGas",
                    max);
        }
    }

    private void requireFunds(Draft draft) {
        BigInteger needed = draft.value().add(draft.gasLimit().multiply(draft.maxFeePerGas()));
        BigInteger balance = node.balance(draft.from());
        if (balance.compareTo(needed) < 0) {
            throw HostException.of(
                    ChainError.CHAIN_FUNDS,
                    "account",
                    draft.from(),
                    "needed",
                    needed,
                    "balance",
                    balance,
                    "unit",
                    "wei");
        }
    }

    private BigInteger withMargin(BigInteger estimate) {
        return estimate.multiply(HUNDRED.add(BigInteger.valueOf(settings.fees().gasMarginPercent())))
                .divide(HUNDRED);
    }

    private static String address(String text) {
        try {
            return Addresses.checksummed(text);
        } catch (IllegalArgumentException e) {
            throw HostException.caused(e, ChainError.CHAIN_CALL_INVALID, "detail", e.getMessage(), "address", text);
        }
    }
}
