/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Sign.SignatureData;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.utils.Numeric;

/**
 * Checks what a wallet returns before anybody may send it: these are the fields that the gate allowed, signed by that
 * account, in the one form that every node takes. Source: EIP-1559, EIP-2 (lower s).
 */
final class SignatureCheck {

    private static final BigInteger HALF_CURVE_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    private static final int WORD_BYTES = 32;

    private SignatureCheck() {}

    /** Error: {@code SIGNATURE_INVALID}. */
    static void verify(UnsignedTransaction wanted, SignedTransaction signed) {
        if (!Hash.sha3(signed.raw()).equalsIgnoreCase(signed.hash())) {
            throw invalid("the hash is not that of the bytes");
        }
        SignedRawTransaction decoded = decode(signed.raw());
        if (!(decoded.getTransaction() instanceof Transaction1559 content) || !says(content, wanted)) {
            throw invalid("the bytes are not the transaction that was to be signed");
        }
        if (new BigInteger(1, decoded.getSignatureData().getS()).compareTo(HALF_CURVE_ORDER) > 0) {
            throw invalid("the signature is not in its canonical form");
        }
        if (!signer(decoded).equalsIgnoreCase(wanted.from())) {
            throw invalid("somebody else signed it");
        }
    }

    /** The same of a message: 65 bytes, v 27 or 28, the lower s, by that account. Error: {@code SIGNATURE_INVALID}. */
    static void verify(SignatureFacts wanted, String signature) {
        if (signature == null || !signature.matches("0x[0-9a-f]{128}1[bc]")) {
            throw invalid("a signature is 65 bytes with v 27 or 28");
        }
        byte[] bytes = Numeric.hexStringToByteArray(signature);
        byte[] s = Arrays.copyOfRange(bytes, WORD_BYTES, 2 * WORD_BYTES);
        if (new BigInteger(1, s).compareTo(HALF_CURVE_ORDER) > 0) {
            throw invalid("the signature is not in its canonical form");
        }
        SignatureData parts = new SignatureData(bytes[2 * WORD_BYTES], Arrays.copyOf(bytes, WORD_BYTES), s);
        try {
            BigInteger key = Sign.signedMessageHashToKey(Numeric.hexStringToByteArray(wanted.digest()), parts);
            if (!Keys.toChecksumAddress(Keys.getAddress(key)).equalsIgnoreCase(wanted.from())) {
                throw invalid("somebody else signed it, or something else was signed");
            }
        } catch (java.security.SignatureException | IllegalArgumentException e) {
            throw HostException.caused(e, WalletError.SIGNATURE_INVALID, "detail", "no account can be recovered");
        }
    }

    private static SignedRawTransaction decode(String raw) {
        try {
            if (TransactionDecoder.decode(raw) instanceof SignedRawTransaction decoded) {
                return decoded;
            }
        } catch (RuntimeException e) {
            throw HostException.caused(e, WalletError.SIGNATURE_INVALID, "detail", "the bytes cannot be decoded");
        }
        throw invalid("the bytes carry no signature");
    }

    private static boolean says(Transaction1559 content, UnsignedTransaction wanted) {
        return content.getChainId() == Long.parseLong(wanted.chain().reference())
                && content.getNonce().equals(BigInteger.valueOf(wanted.nonce()))
                && content.getTo().equalsIgnoreCase(wanted.to())
                && content.getValue().equals(wanted.value())
                && content.getGasLimit().equals(wanted.gasLimit())
                && content.getMaxFeePerGas().equals(wanted.maxFeePerGas())
                && content.getMaxPriorityFeePerGas().equals(wanted.maxPriorityFeePerGas())
                && content.getAccessList().isEmpty()
                && digits(content.getData()).equals(digits(wanted.data()));
    }

    private static String digits(String hex) {
        return Numeric.cleanHexPrefix(hex == null ? "" : hex).toLowerCase(Locale.ROOT);
    }

    private static String signer(SignedRawTransaction decoded) {
        try {
            return decoded.getFrom();
        } catch (java.security.SignatureException | RuntimeException e) {
            throw HostException.caused(e, WalletError.SIGNATURE_INVALID, "detail", "no account can be recovered");
        }
    }

    private static HostException invalid(String detail) {
        return HostException.of(WalletError.SIGNATURE_INVALID, "detail", detail);
    }
}
