/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.math.BigInteger;
import java.util.List;
import org.openmcpchain.run.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A chain as one tool call may use it. It knows the caller, so the gate can apply the caller's grant. Thread-safe; of
 * no use after the call has ended.
 *
 * <p>Errors of every method: {@code CHAIN_UNREACHABLE}, {@code CHAIN_RPC}, {@code CHAIN_MISMATCH}.
 */
@ProviderType
public interface ChainAccess {

    /** What the network is and what is known on it. */
    NetworkInfo network();

    /** The account that this call spends from. Error: {@code ACCOUNT_UNKNOWN}. */
    AccountId account();

    /** The newest block. */
    BlockRef head();

    /** The balance of an account in base units of the chain's coin (wei). */
    BigInteger balance(String address);

    /**
     * Calls a view function.
     *
     * @return the decoded results, in order; see {@link ContractCall} for their types
     *     <p>Errors: {@code CHAIN_REVERTED} (with {@code reason}), {@code CHAIN_CALL_INVALID}.
     */
    List<Object> read(ContractCall call);

    /**
     * A 0x address from an address or a name of the address book.
     *
     * <p>Error: {@code CHAIN_NAME_UNKNOWN}.
     */
    String resolve(String nameOrAddress);

    /**
     * Crafts, simulates, passes the gate, signs, writes down, sends and waits for the receipt.
     *
     * <p>Repeating a call with the same label returns the outcome of the first transaction, also after a restart. The
     * outcome is {@code Ok} when mined, {@code Denied} when the gate refused, {@code Failed} when the simulation or the
     * transaction reverted, and {@code Unknown} when no receipt came in time.
     */
    Outcome<TransactionReceipt> send(TransactionIntent intent);

    /**
     * Decodes a message, passes the gate, signs and writes the signature down. What was signed once under a label is not
     * signed again. The outcome is {@code Ok} with 65 bytes r, s, v as 0x hex.
     *
     * <p>Error: {@code CHAIN_CALL_INVALID} when the content is not of its kind, {@code SIGNING_REJECTED} when no wallet
     * of this host signs messages for the account.
     */
    Outcome<String> sign(MessageIntent intent);
}
