/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.util.List;
import org.openmcpchain.chain.ChainId;

/**
 * What is known of something other than a transaction before it is signed.
 *
 * @param kind what is signed
 * @param chain the network of the account
 * @param from who signs, 0x hex
 * @param digest the 32 bytes that the key signs, 0x hex
 * @param document the typed data as canonical JSON, or the message's text, or null for a bare digest
 * @param domain the name in the domain of typed data, or null
 * @param verifyingContract the contract in the domain of typed data, 0x hex, or null
 * @param primaryType the primary type of typed data, or null
 * @param actions what the signature permits, decoded; at least one
 */
public record SignatureFacts(
        Kind kind,
        ChainId chain,
        String from,
        String digest,
        String document,
        String domain,
        String verifyingContract,
        String primaryType,
        List<Action> actions) {

    /** What is signed. */
    public enum Kind {
        /** EIP-712 typed data. */
        TYPED_DATA,
        /** An EIP-191 personal message. */
        PERSONAL_MESSAGE,
        /** 32 bytes of unknown origin. */
        RAW_DIGEST
    }

    /** Copies the actions. */
    public SignatureFacts {
        actions = List.copyOf(actions);
    }
}
