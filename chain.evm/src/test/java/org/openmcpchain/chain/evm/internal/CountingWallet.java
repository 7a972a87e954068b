/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.wallet.MessageSigner;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** Signs with one public key and counts. */
final class CountingWallet implements Wallet, MessageSigner {

    private final AtomicInteger signatures = new AtomicInteger();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile Runnable event = () -> {};
    private final String address;
    private final Credentials credentials;

    CountingWallet(String key) {
        this(Keys.toChecksumAddress(Credentials.create(key).getAddress()), key);
    }

    /** A wallet that claims an address and signs with whatever key it has. */
    CountingWallet(String address, String key) {
        this.address = address;
        this.credentials = Credentials.create(key);
    }

    @Override
    public List<WalletAccount> accounts() {
        return List.of(new WalletAccount(address, "test", "test"));
    }

    @Override
    public SignedTransaction sign(UnsignedTransaction transaction, Verdict verdict) {
        before();
        signatures.incrementAndGet();
        return signed(transaction);
    }

    @Override
    public String sign(SignatureFacts message, Verdict verdict) {
        before();
        signatures.incrementAndGet();
        Sign.SignatureData signature =
                Sign.signMessage(Numeric.hexStringToByteArray(message.digest()), credentials.getEcKeyPair(), false);
        return Numeric.toHexString(signature.getR())
                + Numeric.toHexStringNoPrefix(signature.getS())
                + Numeric.toHexStringNoPrefix(signature.getV());
    }

    SignedTransaction signed(UnsignedTransaction transaction) {
        RawTransaction encodable = RawTransaction.createTransaction(
                Long.parseLong(transaction.chain().reference()),
                BigInteger.valueOf(transaction.nonce()),
                transaction.gasLimit(),
                transaction.to(),
                transaction.value(),
                transaction.data(),
                transaction.maxPriorityFeePerGas(),
                transaction.maxFeePerGas());
        byte[] raw = TransactionEncoder.signMessage(encodable, credentials);
        return new SignedTransaction(Numeric.toHexString(Hash.sha3(raw)), Numeric.toHexString(raw));
    }

    private void before() {
        RuntimeException death = failure.getAndSet(null);
        if (death != null) {
            throw death;
        }
        event.run();
    }

    /** The next signature fails. */
    void fail(RuntimeException with) {
        failure.set(with);
    }

    /** What happens elsewhere while the wallet signs. */
    void meanwhile(Runnable elsewhere) {
        event = elsewhere;
    }

    int signatures() {
        return signatures.get();
    }
}
