/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;

/**
 * A call that is to be read.
 *
 * @param path where it stands, outermost first
 * @param from who calls, 0x hex with checksum
 * @param to who is called, 0x hex with checksum
 * @param value wei that go along and have not been told of yet
 * @param data calldata
 * @param depth 0 for the transaction itself, one more for each carrier
 */
record Call(String path, String from, String to, BigInteger value, byte[] data, int depth) {

    static final int SELECTOR_BYTES = 4;

    /** A call that this one carries, made by somebody else to somebody else. */
    Call inner(String name, String caller, String target, BigInteger wei, byte[] calldata) {
        return new Call(path + "." + name, caller, target, wei, calldata, depth + 1);
    }

    /** A call that this one makes to its own contract in the name of its own caller; it brings no value of its own. */
    Call again(String name, byte[] calldata) {
        return inner(name, from, to, BigInteger.ZERO, calldata);
    }

    String selector() {
        return Hex.text(data, 0, Math.min(SELECTOR_BYTES, data.length));
    }
}
