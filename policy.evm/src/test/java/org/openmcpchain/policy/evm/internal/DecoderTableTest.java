/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.policy.evm.internal.Calldata.*;
import static org.openmcpchain.policy.evm.internal.Town.*;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmcpchain.policy.Action;

/** For each decoder calldata that web3j wrote from the public ABI, and what it means in plain words. */
class DecoderTableTest {

    private static final BigInteger ETHER = BigInteger.TEN.pow(18);
    private static final BigInteger DOLLAR = BigInteger.TEN.pow(6);
    private static final String ONE = "0x0000000000000000000000000000000000000001";
    private static final BigInteger MAX160 = BigInteger.ONE.shiftLeft(160).subtract(BigInteger.ONE);

    /**
     * One entry of the table; what it means stands under its name in decoder-table.txt: for each action a line with kind,
     * path, amount, flags and the sentence.
     */
    record Row(String name, String to, BigInteger value, String data) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Map<String, List<String>> EXPECTED = expected();

    private static Map<String, List<String>> expected() {
        try (InputStream table = DecoderTableTest.class.getResourceAsStream("/decoder-table.txt")) {
            Map<String, List<String>> entries = new LinkedHashMap<>();
            String name = null;
            for (String line : new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("== ")) {
                    name = line.substring(3);
                    entries.put(name, new ArrayList<>());
                } else if (!line.isBlank()) {
                    entries.get(name).add(line);
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyEntryOfTheTableIsRead() {
        Set<String> names = Stream.of(tokens(), permits(), bundles(), accounts(), swaps())
                .flatMap(rows -> rows.map(Row::name))
                .collect(Collectors.toSet());

        assertThat(names).isEqualTo(EXPECTED.keySet());
        assertThat(EXPECTED.values()).noneMatch(List::isEmpty);
    }

    @ParameterizedTest
    @MethodSource({"tokens", "permits", "bundles", "accounts", "swaps"})
    void readsWhatWeb3jWrote(Row row) {
        List<Action> actions = new EvmCallDecoder().transaction(new Town(), ALICE, row.to(), row.value(), row.data());

        assertThat(actions).extracting(DecoderTableTest::line).containsExactlyElementsOf(EXPECTED.get(row.name()));
    }

    static String line(Action action) {
        return action.kind() + " " + action.path() + (action.amount() == null ? "" : " " + action.amount())
                + (action.tokenId() == null ? "" : " #" + action.tokenId())
                + (action.flags().isEmpty() ? "" : " " + action.flags()) + " · " + action.text();
    }

    private static Row row(String name, String to, String data) {
        return new Row(name, to, BigInteger.ZERO, data);
    }

    private static Row row(String name, String to, BigInteger value, String data) {
        return new Row(name, to, value, data);
    }

    /** One less than a power of two. */
    private static BigInteger power(int bits) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }

    static Stream<Row> tokens() {
        return Stream.of(
                row("coin", BOB, ETHER, "0x"),
                row("ERC-20 transfer", USDC, call("transfer", address(BOB), number(DOLLAR))),
                row("ERC-20 transfer to nobody", USDC, call("transfer", address(Hex.ZERO_ADDRESS), number(1))),
                row("ERC-20 transferFrom", USDC, call("transferFrom", address(BOB), address(ALICE), number(5))),
                row("ERC-20 approve", USDC, call("approve", address(ROUTER), number(DOLLAR))),
                row("ERC-20 unlimited approve", USDC, call("approve", address(ROUTER), number(MAX))),
                row("all that a token with votes holds", USDC, call("approve", address(ROUTER), number(power(96)))),
                row("one less than half of the range", USDC, call("approve", address(ROUTER), number(power(255)))),
                row(
                        "as much as nobody has",
                        USDC,
                        call("approve", address(ROUTER), number(power(95).add(BigInteger.ONE)))),
                row("one less", USDC, call("approve", address(ROUTER), number(power(95)))),
                row("ERC-20 revoke", USDC, call("approve", address(ROUTER), number(0))),
                row("approve of a stranger", STRANGER, call("approve", address(BOB), number(7))),
                row(
                        "transferFrom of a stranger",
                        STRANGER,
                        call("transferFrom", address(ALICE), address(BOB), number(7))),
                row("ERC-721 approve", PUNKS, call("approve", address(BOB), number(7))),
                row("ERC-721 transferFrom", PUNKS, call("transferFrom", address(ALICE), address(BOB), number(7))),
                row("increaseAllowance", USDC, call("increaseAllowance", address(BOB), number(DOLLAR))),
                row("increaseAllowance without end", USDC, call("increaseAllowance", address(BOB), number(MAX))),
                row("decreaseAllowance", USDC, call("decreaseAllowance", address(BOB), number(DOLLAR))),
                row("burn", USDC, call("burn", number(DOLLAR))),
                row("deposit", WETH, ETHER, call("deposit")),
                row("withdraw", WETH, call("withdraw", number(ETHER))),
                row("safeTransferFrom", PUNKS, call("safeTransferFrom", address(ALICE), address(BOB), number(7))),
                row(
                        "safeTransferFrom with data",
                        PUNKS,
                        call("safeTransferFrom", address(ALICE), address(BOB), number(7), bytes("0x01"))),
                row("setApprovalForAll", PUNKS, call("setApprovalForAll", address(BOB), flag(true))),
                row("setApprovalForAll off", PUNKS, call("setApprovalForAll", address(BOB), flag(false))),
                row(
                        "ERC-1155 single",
                        STRANGER,
                        call("safeTransferFrom", address(ALICE), address(BOB), number(7), number(3), bytes("0x"))),
                row(
                        "ERC-1155 batch",
                        STRANGER,
                        call(
                                "safeBatchTransferFrom",
                                address(ALICE),
                                address(BOB),
                                numbers(7, 8),
                                numbers(3, 1),
                                bytes("0x"))),
                row("mint", PUNKS, call("mint", address(BOB))),
                row("creation", null, ETHER, "0x6000"),
                row("unknown function", STRANGER, "0x12345678" + "00".repeat(32)),
                row("trailing bytes", USDC, call("transfer", address(BOB), number(1)) + "c0ffee"),
                row("cut short", USDC, call("transfer", address(BOB), number(1)).substring(0, 100)));
    }

    static Stream<Row> permits() {
        var details = fixed(address(USDC), number160(MAX160), time(1_900_000_000L), time(0));
        var single = fixed(details, address(UNIVERSAL), number(1_900_000_000L));
        return Stream.of(
                row(
                        "EIP-2612",
                        USDC,
                        call(
                                "permit",
                                address(BOB),
                                address(ROUTER),
                                number(MAX),
                                number(1_900_000_000L),
                                small(27),
                                word(),
                                word())),
                row(
                        "EIP-2612 for ever",
                        USDC,
                        call(
                                "permit",
                                address(BOB),
                                address(ROUTER),
                                number(5),
                                number(MAX),
                                small(27),
                                word(),
                                word())),
                row(
                        "DAI",
                        STRANGER,
                        call(
                                "permit",
                                address(BOB),
                                address(ROUTER),
                                number(0),
                                number(0),
                                flag(true),
                                small(27),
                                word(),
                                word())),
                row(
                        "Permit2 approve",
                        PERMIT2,
                        call("approve", address(USDC), address(UNIVERSAL), number160(MAX160), time(0))),
                row(
                        "Permit2 approve of nearly half",
                        PERMIT2,
                        call("approve", address(USDC), address(UNIVERSAL), number160(power(159)), time(0))),
                row("Permit2 permit", PERMIT2, call("permit", address(BOB), single, bytes("0x11"))),
                row(
                        "Permit2 permit batch",
                        PERMIT2,
                        call(
                                "permit",
                                address(BOB),
                                dynamic(
                                        fixedList(
                                                fixed(address(USDC), number160(BigInteger.TEN), time(0), time(0)),
                                                fixed(address(WETH), number160(ETHER), time((1L << 48) - 1), time(0))),
                                        address(UNIVERSAL),
                                        number(1_900_000_000L)),
                                bytes("0x11"))),
                row(
                        "Permit2 transferFrom",
                        PERMIT2,
                        call("transferFrom", address(ALICE), address(BOB), number160(DOLLAR), address(USDC))),
                row(
                        "Permit2 transferFrom batch",
                        PERMIT2,
                        call(
                                "transferFrom",
                                fixedList(
                                        fixed(address(ALICE), address(BOB), number160(DOLLAR), address(USDC)),
                                        fixed(address(ALICE), address(BOB), number160(ETHER), address(WETH))))),
                row(
                        "Permit2 permitTransferFrom",
                        PERMIT2,
                        call(
                                "permitTransferFrom",
                                fixed(fixed(address(USDC), number(MAX)), number(0), number(1_900_000_000L)),
                                fixed(address(BOB), number(DOLLAR)),
                                address(ALICE),
                                bytes("0x11"))),
                row(
                        "Permit2 permitTransferFrom batch",
                        PERMIT2,
                        call(
                                "permitTransferFrom",
                                dynamic(
                                        fixedList(fixed(address(USDC), number(MAX))),
                                        number(0),
                                        number(1_900_000_000L)),
                                fixedList(fixed(address(BOB), number(DOLLAR))),
                                address(ALICE),
                                bytes("0x11"))),
                row(
                        "Permit2 witness",
                        PERMIT2,
                        call(
                                "permitWitnessTransferFrom",
                                fixed(fixed(address(USDC), number(MAX)), number(0), number(1_900_000_000L)),
                                fixed(address(BOB), number(DOLLAR)),
                                address(ALICE),
                                word(),
                                new org.web3j.abi.datatypes.Utf8String("Order witness)"),
                                bytes("0x11"))),
                row(
                        "EIP-3009 transfer",
                        USDC,
                        call(
                                "transferWithAuthorization",
                                address(BOB),
                                address(ALICE),
                                number(DOLLAR),
                                number(0),
                                number(1_900_000_000L),
                                word(),
                                small(27),
                                word(),
                                word())),
                row(
                        "EIP-3009 receive",
                        USDC,
                        call(
                                "receiveWithAuthorization",
                                address(BOB),
                                address(ALICE),
                                number(DOLLAR),
                                number(0),
                                number(1_900_000_000L),
                                word(),
                                bytes("0x11"))),
                row(
                        "EIP-3009 cancel",
                        USDC,
                        call("cancelAuthorization", address(BOB), word(), small(27), word(), word())),
                row(
                        "position permit",
                        PUNKS,
                        call("permit", address(BOB), number(7), number(1_900_000_000L), small(27), word(), word())));
    }

    static Stream<Row> bundles() {
        String approve = call("approve", address(BOB), number(MAX));
        String transfer = call("transfer", address(BOB), number(DOLLAR));
        return Stream.of(
                row("multicall", USDC, call("multicall", calls(approve, transfer))),
                row("multicall with deadline", USDC, call("multicall", number(1_900_000_000L), calls(transfer))),
                row("multicall with block", USDC, call("multicall", word(), calls(transfer))),
                row("aggregate", MULTICALL3, call("aggregate", dynamicList(dynamic(address(USDC), bytes(transfer))))),
                row(
                        "tryAggregate",
                        MULTICALL3,
                        call(
                                "tryAggregate",
                                flag(true),
                                dynamicList(
                                        dynamic(address(USDC), bytes(transfer)),
                                        dynamic(address(STRANGER), bytes("0x12345678"))))),
                row(
                        "aggregate3",
                        MULTICALL3,
                        call("aggregate3", dynamicList(dynamic(address(USDC), flag(true), bytes(approve))))),
                row(
                        "aggregate3Value",
                        MULTICALL3,
                        ETHER,
                        call(
                                "aggregate3Value",
                                dynamicList(dynamic(address(BOB), flag(true), number(ETHER), bytes("0x"))))));
    }

    static Stream<Row> accounts() {
        String approve = call("approve", address(BOB), number(MAX));
        String transfer = call("transfer", address(BOB), number(DOLLAR));
        String packed = "0x" + packed(0, USDC, 0, approve) + packed(0, BOB, 5, "0x") + packed(1, STRANGER, 0, transfer);
        return Stream.of(
                row("Safe transfer", SAFE, safe(USDC, 0, transfer, 0)),
                row("Safe coin", SAFE, safe(BOB, 5, "0x", 0)),
                row(
                        "an unlimited approval inside a multicall inside a Safe transaction",
                        SAFE,
                        safe(USDC, 0, call("multicall", calls(transfer, approve)), 0)),
                row("Safe delegate call", SAFE, safe(STRANGER, 0, transfer, 1)),
                row("Safe MultiSend", SAFE, safe(MULTISEND, 0, call("multiSend", bytes(packed)), 1)),
                row("false MultiSend", SAFE, safe(STRANGER, 0, call("multiSend", bytes(packed)), 1)),
                row(
                        "MultiSend that the network names",
                        SAFE,
                        safe(OWN_MULTISEND, 0, call("multiSend", bytes("0x" + packed(0, BOB, 5, "0x"))), 1)),
                row("Safe unknown operation", SAFE, safe(USDC, 0, transfer, 2)),
                row(
                        "module",
                        SAFE,
                        call("execTransactionFromModule", address(USDC), number(0), bytes(approve), small(0))),
                row("addOwnerWithThreshold", SAFE, call("addOwnerWithThreshold", address(BOB), number(1))),
                row("removeOwner", SAFE, call("removeOwner", address(ALICE), address(BOB), number(1))),
                row("swapOwner", SAFE, call("swapOwner", address(STRANGER), address(ALICE), address(BOB))),
                row("changeThreshold", SAFE, call("changeThreshold", number(1))),
                row("enableModule", SAFE, call("enableModule", address(STRANGER))),
                row("disableModule", SAFE, call("disableModule", address(ALICE), address(STRANGER))),
                row("setGuard", SAFE, call("setGuard", address(STRANGER))),
                row("setModuleGuard", SAFE, call("setModuleGuard", address(STRANGER))),
                row("setFallbackHandler", SAFE, call("setFallbackHandler", address(STRANGER))),
                row("approveHash", SAFE, call("approveHash", word())));
    }

    static Stream<Row> swaps() {
        String pools = "0x" + USDC.substring(2) + "0001f4" + WETH.substring(2);
        return Stream.of(
                row(
                        "swapExactTokensForTokens",
                        ROUTER,
                        call(
                                "swapExactTokensForTokens",
                                number(DOLLAR),
                                number(ETHER),
                                path(USDC, WETH),
                                address(ALICE),
                                number(1_900_000_000L))),
                row(
                        "swapTokensForExactTokens",
                        ROUTER,
                        call(
                                "swapTokensForExactTokens",
                                number(ETHER),
                                number(DOLLAR),
                                path(USDC, WETH),
                                address(BOB),
                                number(1_900_000_000L))),
                row(
                        "swapExactETHForTokens",
                        ROUTER,
                        ETHER,
                        call(
                                "swapExactETHForTokens",
                                number(DOLLAR),
                                path(WETH, USDC),
                                address(ALICE),
                                number(1_900_000_000L))),
                row(
                        "swapETHForExactTokens",
                        ROUTER,
                        ETHER,
                        call(
                                "swapETHForExactTokens",
                                number(DOLLAR),
                                path(WETH, USDC),
                                address(ALICE),
                                number(1_900_000_000L))),
                row(
                        "swapTokensForExactETH",
                        ROUTER,
                        call(
                                "swapTokensForExactETH",
                                number(ETHER),
                                number(DOLLAR),
                                path(USDC, WETH),
                                address(ALICE),
                                number(1_900_000_000L))),
                row(
                        "swapExactTokensForETH with fees",
                        ROUTER,
                        call(
                                "swapExactTokensForETHSupportingFeeOnTransferTokens",
                                number(DOLLAR),
                                number(ETHER),
                                path(USDC, WETH),
                                address(ALICE),
                                number(1_900_000_000L))),
                row(
                        "addLiquidityETH",
                        ROUTER,
                        ETHER,
                        call(
                                "addLiquidityETH",
                                address(USDC),
                                number(DOLLAR),
                                number(1),
                                number(1),
                                address(ALICE),
                                number(1_900_000_000L))),
                row(
                        "addLiquidity",
                        ROUTER,
                        call(
                                "addLiquidity",
                                address(USDC),
                                address(WETH),
                                number(DOLLAR),
                                number(ETHER),
                                number(1),
                                number(1),
                                address(ALICE),
                                number(1_900_000_000L))),
                row(
                        "exactInputSingle",
                        STRANGER,
                        call(
                                "exactInputSingle",
                                fixed(
                                        address(USDC),
                                        address(WETH),
                                        new org.web3j.abi.datatypes.generated.Uint24(500),
                                        address(ALICE),
                                        number(1_900_000_000L),
                                        number(DOLLAR),
                                        number(ETHER),
                                        number160(BigInteger.ZERO)))),
                row(
                        "exactOutputSingle of SwapRouter02",
                        STRANGER,
                        call(
                                "exactOutputSingle",
                                fixed(
                                        address(USDC),
                                        address(WETH),
                                        new org.web3j.abi.datatypes.generated.Uint24(500),
                                        address(ONE),
                                        number(ETHER),
                                        number(DOLLAR),
                                        number160(BigInteger.ZERO)))),
                row(
                        "exactInput",
                        STRANGER,
                        call(
                                "exactInput",
                                dynamic(
                                        bytes(pools),
                                        address(BOB),
                                        number(1_900_000_000L),
                                        number(DOLLAR),
                                        number(ETHER)))),
                row("coin beside a swap of a token", STRANGER, BigInteger.ONE, exactInput(USDC, DOLLAR, ALICE)),
                row("coin that is swapped", STRANGER, ETHER, exactInput(WETH, ETHER, ALICE)),
                row("too little coin", STRANGER, BigInteger.ONE, exactInput(WETH, ETHER, ALICE)),
                row("to the router", STRANGER, exactInput(USDC, DOLLAR, Hex.ZERO_ADDRESS)),
                row("to number one", STRANGER, exactInput(USDC, DOLLAR, ONE)),
                row("SwapRouter02 to nobody", STRANGER, exactOutput(DOLLAR, Hex.ZERO_ADDRESS)),
                row("exactOutput at any price", STRANGER, exactOutput(MAX, ONE)),
                row(
                        "addLiquidity without a limit",
                        ROUTER,
                        call(
                                "addLiquidity",
                                address(USDC),
                                address(WETH),
                                number(MAX),
                                number(ETHER),
                                number(1),
                                number(1),
                                address(ALICE),
                                number(1_900_000_000L))),
                row(
                        "Universal Router takes what it likes",
                        UNIVERSAL,
                        call(
                                "execute",
                                bytes("0x0901080040"),
                                calls(
                                        swapped(DOLLAR, power(255).add(BigInteger.ONE), path(WETH, USDC)),
                                        swapped(ETHER, power(255).add(BigInteger.ONE), bytes(pools)),
                                        swapped(power(255).add(BigInteger.ONE), DOLLAR, path(WETH, USDC)),
                                        swapped(power(255).add(BigInteger.ONE), ETHER, bytes(pools)),
                                        swapped(DOLLAR, ETHER, bytes(pools))),
                                number(1_900_000_000L))),
                row(
                        "Universal Router",
                        UNIVERSAL,
                        call(
                                "execute",
                                bytes("0x0a00088c21"),
                                calls(
                                        arguments(
                                                fixed(
                                                        fixed(
                                                                address(USDC),
                                                                number160(MAX160),
                                                                time(1_900_000_000L),
                                                                time(0)),
                                                        address(UNIVERSAL),
                                                        number(1_900_000_000L)),
                                                bytes("0x11")),
                                        arguments(
                                                address("0x0000000000000000000000000000000000000002"),
                                                number(DOLLAR),
                                                number(ETHER),
                                                bytes(pools),
                                                flag(true)),
                                        arguments(
                                                address(ONE),
                                                number(BigInteger.ONE.shiftLeft(255)),
                                                number(DOLLAR),
                                                path(WETH, USDC),
                                                flag(false)),
                                        arguments(address(ONE), number(ETHER)),
                                        "0x"),
                                number(1_900_000_000L))));
    }

    /** Of v3's own router. */
    private static String exactInput(String token, BigInteger amount, String receiver) {
        return call(
                "exactInputSingle",
                fixed(
                        address(token),
                        address(token.equals(USDC) ? WETH : USDC),
                        new org.web3j.abi.datatypes.generated.Uint24(500),
                        address(receiver),
                        number(1_900_000_000L),
                        number(amount),
                        number(1),
                        number160(BigInteger.ZERO)));
    }

    /** Of SwapRouter02. */
    private static String exactOutput(BigInteger most, String receiver) {
        return call(
                "exactOutputSingle",
                fixed(
                        address(USDC),
                        address(WETH),
                        new org.web3j.abi.datatypes.generated.Uint24(500),
                        address(receiver),
                        number(ETHER),
                        number(most),
                        number160(BigInteger.ZERO)));
    }

    /** A swap of the Universal Router that the caller pays. */
    private static String swapped(BigInteger first, BigInteger second, org.web3j.abi.datatypes.Type<?> path) {
        return arguments(address(ONE), number(first), number(second), path, flag(true));
    }
}
