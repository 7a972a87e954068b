/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.function.IntFunction;
import org.openmcpchain.policy.ActionKind;

/**
 * Calls that carry calls. A contract's own {@code multicall} calls that contract in the caller's name; the aggregators
 * call others in their own name. Source: OpenZeppelin Multicall, Uniswap v3 periphery and SwapRouter02, Multicall2/3.
 */
final class BundleReaders {

    private static final String MULTICALL = "Multicall";
    private static final String AGGREGATOR = "Multicall3";

    private BundleReaders() {}

    static void addTo(Functions functions) {
        functions.add(MULTICALL, "multicall(bytes[])", own(0));
        functions.add(MULTICALL, "multicall(uint256,bytes[])", own(1));
        functions.add(MULTICALL, "multicall(bytes32,bytes[])", own(1));
        functions.add(AGGREGATOR, "aggregate((address,bytes)[])", others(0, 1, false));
        functions.add(AGGREGATOR, "tryAggregate(bool,(address,bytes)[])", others(1, 1, false));
        functions.add(AGGREGATOR, "blockAndAggregate((address,bytes)[])", others(0, 1, false));
        functions.add(AGGREGATOR, "tryBlockAndAggregate(bool,(address,bytes)[])", others(1, 1, false));
        functions.add(AGGREGATOR, "aggregate3((address,bool,bytes)[])", others(0, 2, false));
        functions.add(AGGREGATOR, "aggregate3Value((address,bool,uint256,bytes)[])", others(0, 3, true));
    }

    private static Functions.Reader own(int position) {
        return (call, arguments, function, out) -> {
            byte[][] parts = arguments.byteArrays(position);
            tell(call, function, parts.length, out);
            each(parts.length, i -> call.again(function.name() + "[" + i + "]", parts[i]), out);
        };
    }

    private static Functions.Reader others(int position, int dataPosition, boolean withValue) {
        return (call, arguments, function, out) -> {
            List<Arguments> calls = arguments.tuples(position);
            tell(call, function, calls.size(), out);
            each(
                    calls.size(),
                    i -> call.inner(
                            function.name() + "[" + i + "]",
                            call.to(),
                            calls.get(i).address(0),
                            withValue ? calls.get(i).number(2) : BigInteger.ZERO,
                            calls.get(i).bytes(dataPosition)),
                    out);
        };
    }

    private static void tell(Call call, Functions.Known function, int size, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function),
                "Let " + out.book().who(call.to()) + " do " + Words.count(size, "call") + " in one");
    }

    private static void each(int size, IntFunction<Call> calls, Reading out) {
        for (int i = 0; i < size && !out.isFull(); i++) {
            out.read(calls.apply(i));
        }
    }
}
