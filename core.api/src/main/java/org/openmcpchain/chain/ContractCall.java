/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.util.List;
import java.util.Objects;

/**
 * One contract function with its arguments, before it is encoded. Immutable.
 *
 * <p>The function is written as people read it, with the types of what it returns behind the types of what it takes:
 * {@code getAmountsOut(uint256,address[])(uint256[])}. Arguments are {@link java.math.BigInteger} for integers of any
 * width, {@link Boolean}, {@link String} for {@code string} and for 0x addresses, {@code byte[]} for bytes, and
 * {@link List} for arrays and tuples; results come back as the same types.
 *
 * @param to the contract's 0x address
 * @param function the function
 * @param arguments the arguments, in order
 */
public record ContractCall(String to, String function, List<Object> arguments) {

    /** Copies the arguments. */
    public ContractCall {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(function, "function");
        arguments = List.copyOf(arguments);
    }

    /** A call with its arguments in order. */
    public static ContractCall of(String to, String function, Object... arguments) {
        return new ContractCall(to, function, List.of(arguments));
    }
}
