/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet;

import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.Verdict;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A wallet that signs messages, too: typed data, personal messages and bare digests. A wallet service may implement it.
 * Thread-safe.
 */
@ConsumerType
public interface MessageSigner {

    /**
     * Signs a message.
     *
     * @param message what to sign, structured, so that a device can show it; the wallet recomputes the digest from the
     *     document and refuses another one
     * @param verdict the gate's verdict on exactly this message; a wallet refuses anything but an allowing one
     * @return 65 bytes r, s, v as 0x hex, with v 27 or 28 and a low s
     *     <p>Errors: {@code ACCOUNT_UNKNOWN}, {@code SIGNING_REJECTED}, {@code WALLET_LOCKED}.
     */
    String sign(SignatureFacts message, Verdict verdict);
}
