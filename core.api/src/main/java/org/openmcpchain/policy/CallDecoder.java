/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.math.BigInteger;
import java.util.List;
import org.openmcpchain.chain.NetworkInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads what a transaction or a message would do, without asking any network. A service; pure: the same input gives the
 * same actions. Thread-safe. It never throws on hostile input: what it cannot read is {@link ActionKind#UNREADABLE}.
 */
@ConsumerType
public interface CallDecoder {

    /**
     * The actions of a transaction, outermost first, never empty.
     *
     * @param network names, contracts and assets that are known
     * @param from the sender, 0x hex
     * @param to the receiver, 0x hex, or null for the creation of a contract
     * @param value wei
     * @param data calldata, 0x hex
     */
    List<Action> transaction(NetworkInfo network, String from, String to, BigInteger value, String data);

    /**
     * What a signature over EIP-712 typed data permits, never empty.
     *
     * @param json the typed data as JSON: types, primaryType, domain, message
     */
    List<Action> typedData(NetworkInfo network, String from, String json);
}
