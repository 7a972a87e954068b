/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet;

import java.util.List;
import org.openmcpchain.policy.Verdict;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Accounts and signing, wherever the keys live. A service; keys never leave it, and never appear in a log or an answer.
 * Thread-safe.
 */
@ConsumerType
public interface Wallet {

    /** Service property: the id of the wallet. */
    String ID = "wallet.id";

    /** The accounts, in the operator's order. Answers without unlocking. */
    List<WalletAccount> accounts();

    /**
     * Signs a transaction.
     *
     * @param transaction what to sign, structured, so that a device can show it
     * @param verdict the gate's verdict on exactly this transaction; a wallet refuses anything but an allowing one
     *     <p>Errors: {@code ACCOUNT_UNKNOWN}, {@code SIGNING_REJECTED}, {@code WALLET_LOCKED}.
     */
    SignedTransaction sign(UnsignedTransaction transaction, Verdict verdict);
}
