/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet.keystore.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.policy.SignatureFacts;
import org.web3j.crypto.Sign;
import org.web3j.crypto.StructuredDataEncoder;
import org.web3j.utils.Numeric;

/**
 * What is signed of a message, computed from the document that the gate has seen: a wallet that signs the digest that it is
 * handed signs anything. Source: EIP-712, EIP-191.
 */
final class MessageDigests {

    private static final String DIGEST = "0x[0-9a-fA-F]{64}";

    private MessageDigests() {}

    /** 32 bytes. Error: {@code SIGNING_REJECTED} when the message's digest is not that of its document. */
    static byte[] of(SignatureFacts message) {
        if (message.digest() == null || !message.digest().matches(DIGEST)) {
            throw rejected("a digest has 32 bytes", null);
        }
        byte[] claimed = Numeric.hexStringToByteArray(message.digest());
        byte[] computed =
                switch (message.kind()) {
                    case TYPED_DATA -> structured(required(message));
                    case PERSONAL_MESSAGE -> Sign.getEthereumMessageHash(
                            required(message).getBytes(StandardCharsets.UTF_8));
                    case RAW_DIGEST -> claimed;
                };
        if (!Arrays.equals(claimed, computed)) {
            throw rejected("the digest is not that of the document", null);
        }
        return computed;
    }

    private static byte[] structured(String document) {
        try {
            return new StructuredDataEncoder(document).hashStructuredData();
        } catch (IOException | RuntimeException e) {
            throw rejected("the document is no typed data", e);
        }
    }

    private static String required(SignatureFacts message) {
        if (message.document() == null) {
            throw rejected("the document is missing", null);
        }
        return message.document();
    }

    private static HostException rejected(String detail, Throwable cause) {
        return HostException.caused(cause, WalletError.SIGNING_REJECTED, "detail", detail);
    }
}
