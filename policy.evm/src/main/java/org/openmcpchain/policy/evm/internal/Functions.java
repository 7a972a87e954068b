/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The functions that can be read, by selector. Filled once, then only read. */
final class Functions {

    /** Turns a call with decoded arguments into actions. */
    @FunctionalInterface
    interface Reader {
        void read(Call call, Arguments arguments, Known function, Reading out);
    }

    /**
     * A function that can be read.
     *
     * @param standard what defines it
     * @param signature its name and types
     */
    record Known(String standard, String signature, Function codec, Reader reader) {

        String name() {
            return codec.getName();
        }
    }

    /**
     * Decoded calldata.
     *
     * @param trailing how many bytes follow behind the arguments, which nobody has asked for
     */
    record Decoded(Arguments arguments, int trailing) {}

    private final Map<String, Known> bySelector = new HashMap<>();

    /** Adds a function. @throws IllegalStateException if another one has its selector */
    void add(String standard, String signature, Reader reader) {
        Function codec = Function.parse(signature);
        Known known = new Known(standard, codec.getCanonicalSignature(), codec, reader);
        if (bySelector.put("0x" + codec.selectorHex(), known) != null) {
            throw new IllegalStateException("two readers of " + signature);
        }
    }

    Optional<Known> find(String selector) {
        return Optional.ofNullable(bySelector.get(selector));
    }

    /** How many functions can be read. */
    int size() {
        return bySelector.size();
    }

    /** @throws RuntimeException of the codec if the bytes are not of the function's types */
    static Decoded decode(Known function, byte[] calldata) {
        ByteBuffer buffer = ByteBuffer.wrap(calldata, Call.SELECTOR_BYTES, calldata.length - Call.SELECTOR_BYTES)
                .slice();
        Tuple tuple = (Tuple) function.codec().getInputs().decode(buffer);
        return new Decoded(new Arguments(tuple), buffer.remaining());
    }
}
