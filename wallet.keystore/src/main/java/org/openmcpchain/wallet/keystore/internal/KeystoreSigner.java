/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet.keystore.internal;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.openmcpchain.wallet.WalletAccount;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Sign.SignatureData;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/**
 * Signs EIP-1559 transactions and messages with the keys of a folder. A key is decrypted when it is first needed and stays in memory
 * afterwards. Signatures are deterministic (RFC 6979) with the lower of the two values of s (EIP-2). Thread-safe.
 */
final class KeystoreSigner {

    private static final HexFormat HEX = HexFormat.of();

    private final KeyFolder folder;
    private final String password;
    private final List<WalletAccount> accounts;
    private final Map<String, Path> files;
    private final Map<String, Credentials> opened = new ConcurrentHashMap<>();

    /**
     * @param walletId the id that the accounts name
     * @param password the configured password, or blank for the generated one
     */
    KeystoreSigner(String walletId, KeyFolder folder, String password) throws java.io.IOException {
        this.folder = folder;
        this.password = password;
        Map<String, Path> byAddress = new LinkedHashMap<>();
        List<WalletAccount> found = new java.util.ArrayList<>();
        for (Path file : folder.files()) {
            String address = Keys.toChecksumAddress(
                    Numeric.prependHexPrefix(folder.read(file).getAddress()));
            if (byAddress.putIfAbsent(key(address), file) == null) {
                found.add(new WalletAccount(address, KeyFolder.label(file), walletId));
            }
        }
        this.files = Map.copyOf(byAddress);
        this.accounts = List.copyOf(found);
    }

    List<WalletAccount> accounts() {
        return accounts;
    }

    /** Errors: {@code SIGNING_REJECTED}, {@code ACCOUNT_UNKNOWN}, {@code WALLET_LOCKED}. */
    SignedTransaction sign(UnsignedTransaction transaction, Verdict verdict) {
        requireAllowed(verdict);
        long chain = eip155(transaction.chain());
        byte[] raw = TransactionEncoder.signMessage(encodable(transaction, chain), credentials(transaction.from()));
        return new SignedTransaction(Numeric.toHexString(Hash.sha3(raw)), Numeric.toHexString(raw));
    }

    /** Errors: {@code SIGNING_REJECTED}, {@code ACCOUNT_UNKNOWN}, {@code WALLET_LOCKED}. */
    String sign(SignatureFacts message, Verdict verdict) {
        requireAllowed(verdict);
        eip155(message.chain());
        byte[] digest = MessageDigests.of(message);
        SignatureData signature =
                Sign.signMessage(digest, credentials(message.from()).getEcKeyPair(), false);
        return "0x" + HEX.formatHex(signature.getR()) + HEX.formatHex(signature.getS())
                + HEX.formatHex(signature.getV());
    }

    private static void requireAllowed(Verdict verdict) {
        if (verdict == null || !verdict.isAllowed()) {
            throw HostException.of(WalletError.SIGNING_REJECTED, "detail", "there is no verdict that allows it");
        }
    }

    private static long eip155(ChainId chain) {
        if (!chain.namespace().equals("eip155")) {
            throw HostException.of(
                    WalletError.SIGNING_REJECTED, "detail", "this wallet signs for EVM chains only", "chain", chain);
        }
        return Long.parseLong(chain.reference());
    }

    private static RawTransaction encodable(UnsignedTransaction transaction, long chain) {
        return RawTransaction.createTransaction(
                chain,
                BigInteger.valueOf(transaction.nonce()),
                transaction.gasLimit(),
                transaction.to(),
                transaction.value(),
                transaction.data(),
                transaction.maxPriorityFeePerGas(),
                transaction.maxFeePerGas());
    }

    private Credentials credentials(String address) {
        Path file = Optional.ofNullable(files.get(key(address)))
                .orElseThrow(() -> HostException.of(WalletError.ACCOUNT_UNKNOWN, "account", address));
        return opened.computeIfAbsent(key(address), unused -> unlock(file, address));
    }

    private Credentials unlock(Path file, String address) {
        String secret = password.isBlank() ? folder.generatedPassword() : password;
        Credentials credentials = Credentials.create(folder.open(file, secret));
        if (!key(credentials.getAddress()).equals(key(address))) {
            throw HostException.of(
                    WalletError.WALLET_LOCKED, "detail", file.getFileName() + " holds the key of another account");
        }
        return credentials;
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
