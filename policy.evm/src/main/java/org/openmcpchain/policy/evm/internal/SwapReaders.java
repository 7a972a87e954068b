/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/**
 * Uniswap's routers: what goes in at most, what comes out at least, and to whom. Source: UniswapV2Router02, v3
 * SwapRouter, SwapRouter02.
 */
final class SwapReaders {

    private static final String V2 = "Uniswap V2";
    private static final String V3 = "Uniswap V3";
    private static final String PATH = "(uint256,uint256,address[],address,uint256)";
    private static final String COIN_PATH = "(uint256,address[],address,uint256)";
    private static final Set<String> WRAPPED_COIN = Set.of("weth");

    private SwapReaders() {}

    static void addTo(Functions functions) {
        for (String suffix : List.of("", "SupportingFeeOnTransferTokens")) {
            functions.add(V2, "swapExactTokensForTokens" + suffix + PATH, path(true, false, false));
            functions.add(V2, "swapExactTokensForETH" + suffix + PATH, path(true, false, true));
            functions.add(V2, "swapExactETHForTokens" + suffix + COIN_PATH, SwapReaders::exactCoin);
        }
        functions.add(V2, "swapTokensForExactTokens" + PATH, path(false, false, false));
        functions.add(V2, "swapTokensForExactETH" + PATH, path(false, false, true));
        functions.add(V2, "swapETHForExactTokens" + COIN_PATH, SwapReaders::coinForExact);
        functions.add(
                V2,
                "addLiquidity(address,address,uint256,uint256,uint256,uint256,address,uint256)",
                SwapReaders::addLiquidity);
        functions.add(
                V2, "addLiquidityETH(address,uint256,uint256,uint256,address,uint256)", SwapReaders::addCoinLiquidity);
        functions.add(V3, "swapExactTokensForTokens(uint256,uint256,address[],address)", path(true, true, false));
        functions.add(V3, "swapTokensForExactTokens(uint256,uint256,address[],address)", path(false, true, false));
        functions.add(V3, single("exactInputSingle", true), pool(true, 1));
        functions.add(V3, single("exactOutputSingle", true), pool(false, 1));
        functions.add(V3, single("exactInputSingle", false), pool(true, 0));
        functions.add(V3, single("exactOutputSingle", false), pool(false, 0));
        functions.add(V3, "exactInput((bytes,address,uint256,uint256,uint256))", pools(true, 1));
        functions.add(V3, "exactOutput((bytes,address,uint256,uint256,uint256))", pools(false, 1));
        functions.add(V3, "exactInput((bytes,address,uint256,uint256))", pools(true, 0));
        functions.add(V3, "exactOutput((bytes,address,uint256,uint256))", pools(false, 0));
        functions.add(V3, "unwrapWETH9(uint256,address)", SwapReaders::unwrap);
        functions.add(V3, "sweepToken(address,uint256,address)", SwapReaders::sweep);
        functions.add(V3, "refundETH()", SwapReaders::refund);
    }

    private static String single(String name, boolean deadline) {
        return name + "((address,address,uint24,address," + (deadline ? "uint256," : "") + "uint256,uint256,uint160))";
    }

    /**
     * A swap in words.
     *
     * @param in what goes in
     * @param most how much at most
     * @param exactIn whether exactly so much goes in; otherwise exactly so much comes out
     * @param out what comes out
     * @param least how much at least
     * @param receiver who gets it
     */
    record Swap(Book.Token in, BigInteger most, boolean exactIn, Book.Token out, BigInteger least, String receiver) {

        void tell(ActionDraft draft, Reading reading) {
            draft.to(receiver);
            if (in.address() != null) {
                draft.of(in).limit(most);
            }
            // The coin goes along with the call and is told there: told twice it would count twice.
            reading.tell(
                    draft,
                    "Swap " + atMost(draft, exactIn ? "exactly " : "at most ")
                            + FungibleReaders.much(in, most, draft) + " for "
                            + (exactIn ? "at least " : "exactly ") + out.amount(least) + ", paid to "
                            + reading.book().who(receiver));
        }
    }

    private static String atMost(ActionDraft draft, String words) {
        return draft.is(Flag.UNLIMITED) ? "" : words;
    }

    /** @param own whether the receiver 0x…01 means the caller and 0x…02 the router, as in SwapRouter02 */
    private static Functions.Reader path(boolean exactIn, boolean own, boolean coinOut) {
        return (call, arguments, function, out) -> {
            List<String> path = path(arguments.addresses(2));
            Book.Token last = out.book().token(path.get(path.size() - 1));
            BigInteger first = arguments.number(0);
            BigInteger second = arguments.number(1);
            String receiver = own ? receiver(call, arguments.address(3)) : arguments.address(3);
            new Swap(
                            out.book().token(path.get(0)),
                            exactIn ? first : second,
                            exactIn,
                            coinOut ? out.book().coin() : last,
                            exactIn ? second : first,
                            receiver)
                    .tell(ActionDraft.of(ActionKind.CONTRACT_CALL, call, function), out);
        };
    }

    private static List<String> path(List<String> path) {
        if (path.size() < 2) {
            throw new IllegalArgumentException("a path has two ends");
        }
        return path;
    }

    private static void exactCoin(Call call, Arguments arguments, Functions.Known function, Reading out) {
        coin(call, arguments, function, true, out);
    }

    private static void coinForExact(Call call, Arguments arguments, Functions.Known function, Reading out) {
        coin(call, arguments, function, false, out);
    }

    private static void coin(Call call, Arguments arguments, Functions.Known function, boolean exactIn, Reading out) {
        List<String> path = path(arguments.addresses(1));
        new Swap(
                        out.book().coin(),
                        call.value(),
                        exactIn,
                        out.book().token(path.get(path.size() - 1)),
                        arguments.number(0),
                        arguments.address(2))
                .tell(ActionDraft.of(ActionKind.CONTRACT_CALL, call, function), out);
    }

    private static void addLiquidity(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Book.Token first = out.book().token(arguments.address(0));
        Book.Token second = out.book().token(arguments.address(1));
        String words = "for a share of the pool that is paid to " + out.book().who(arguments.address(6));
        tellDeposit(call, function, first, arguments.number(2), arguments.address(6), words, "", out);
        tellDeposit(call, function, second, arguments.number(3), arguments.address(6), words, ".second", out);
    }

    private static void addCoinLiquidity(Call call, Arguments arguments, Functions.Known function, Reading out) {
        String words = "with at most " + out.book().coin().amount(call.value())
                + " for a share of the pool that is paid to " + out.book().who(arguments.address(4));
        tellDeposit(
                call,
                function,
                out.book().token(arguments.address(0)),
                arguments.number(1),
                arguments.address(4),
                words,
                "",
                out);
    }

    private static void tellDeposit(
            Call call,
            Functions.Known function,
            Book.Token token,
            BigInteger most,
            String receiver,
            String words,
            String place,
            Reading out) {
        ActionDraft draft = ActionDraft.of(ActionKind.CONTRACT_CALL, call, function)
                .path(call.path() + place)
                .to(receiver)
                .of(token)
                .limit(most);
        out.tell(
                draft, "Deposit " + atMost(draft, "at most ") + FungibleReaders.much(token, most, draft) + " " + words);
    }

    /** @param shift 1 where a deadline stands before the amounts, as in v3's own router; 0 in SwapRouter02 */
    private static Functions.Reader pool(boolean exactIn, int shift) {
        return (call, arguments, function, out) -> {
            Arguments order = arguments.tuple(0);
            BigInteger first = order.number(4 + shift);
            BigInteger second = order.number(5 + shift);
            new Swap(
                            in(call, order.address(0), exactIn ? first : second, out),
                            exactIn ? first : second,
                            exactIn,
                            out.book().token(order.address(1)),
                            exactIn ? second : first,
                            receiver(call, order.address(3), shift))
                    .tell(ActionDraft.of(ActionKind.CONTRACT_CALL, call, function), out);
        };
    }

    private static Functions.Reader pools(boolean exactIn, int shift) {
        return (call, arguments, function, out) -> {
            Arguments order = arguments.tuple(0);
            PoolPath path = PoolPath.of(order.bytes(0));
            BigInteger first = order.number(2 + shift);
            BigInteger second = order.number(3 + shift);
            new Swap(
                            in(call, exactIn ? path.first() : path.last(), exactIn ? first : second, out),
                            exactIn ? first : second,
                            exactIn,
                            out.book().token(exactIn ? path.last() : path.first()),
                            exactIn ? second : first,
                            receiver(call, order.address(1), shift))
                    .tell(ActionDraft.of(ActionKind.CONTRACT_CALL, call, function), out);
        };
    }

    /**
     * The router pays with the coin only in the place of its wrapped form, and only when it has all that is to be paid;
     * otherwise it takes the token from the caller. Source: PeripheryPayments.pay.
     */
    private static Book.Token in(Call call, String address, BigInteger most, Reading out) {
        boolean coin = call.value().signum() > 0
                && call.value().compareTo(most) >= 0
                && out.book().isCalled(WRAPPED_COIN, address);
        return coin ? out.book().coin() : out.book().token(address);
    }

    /**
     * The two ends of a path through pools.
     *
     * @param first the address at its beginning
     * @param last the address at its end
     */
    record PoolPath(String first, String last) {

        private static final int ADDRESS_BYTES = 20;
        private static final int HOP_BYTES = 23;

        static PoolPath of(byte[] path) {
            if (path.length < ADDRESS_BYTES + HOP_BYTES || (path.length - ADDRESS_BYTES) % HOP_BYTES != 0) {
                throw new IllegalArgumentException("not a path through pools");
            }
            return new PoolPath(Hex.address(path, 0), Hex.address(path, path.length - ADDRESS_BYTES));
        }
    }

    /** Source: SwapRouter and its exactInputInternal: the zero address is the router; SwapRouter02 has other words. */
    private static String receiver(Call call, String given, int shift) {
        if (shift == 0) {
            return receiver(call, given);
        }
        return Hex.isZero(given) ? call.to() : given;
    }

    /** Source: Constants of SwapRouter02 and of the Universal Router: 1 is the caller, 2 is the router. */
    static String receiver(Call call, String given) {
        return switch (given) {
            case "0x0000000000000000000000000000000000000001" -> call.from();
            case "0x0000000000000000000000000000000000000002" -> call.to();
            default -> given;
        };
    }

    private static void unwrap(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function).to(arguments.address(1)),
                "Pay what the router holds, at least " + out.book().coin().amount(arguments.number(0)) + ", to "
                        + out.book().who(arguments.address(1)));
    }

    private static void sweep(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function).to(arguments.address(2)),
                "Pay what the router holds, at least "
                        + out.book().token(arguments.address(0)).amount(arguments.number(1)) + ", to "
                        + out.book().who(arguments.address(2)));
    }

    private static void refund(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function).to(call.from()),
                "Pay the " + out.book().coin().symbol() + " that is left over back to "
                        + out.book().who(call.from()));
    }
}
