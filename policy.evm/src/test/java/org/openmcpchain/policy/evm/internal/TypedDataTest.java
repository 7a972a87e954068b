/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.policy.evm.internal.Town.ALICE;
import static org.openmcpchain.policy.evm.internal.Town.BOB;
import static org.openmcpchain.policy.evm.internal.Town.MAX;
import static org.openmcpchain.policy.evm.internal.Town.PERMIT2;
import static org.openmcpchain.policy.evm.internal.Town.PUNKS;
import static org.openmcpchain.policy.evm.internal.Town.ROUTER;
import static org.openmcpchain.policy.evm.internal.Town.SAFE;
import static org.openmcpchain.policy.evm.internal.Town.STRANGER;
import static org.openmcpchain.policy.evm.internal.Town.USDC;
import static org.openmcpchain.policy.evm.internal.Town.WETH;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;

/** What a signature over typed data permits. */
class TypedDataTest {

    private static final String DOMAIN = "{\"name\":\"name\",\"type\":\"string\"},"
            + "{\"name\":\"chainId\",\"type\":\"uint256\"},{\"name\":\"verifyingContract\",\"type\":\"address\"}";
    private static final String PERMIT = "owner address,spender address,value uint256,nonce uint256,deadline uint256";
    private static final String DETAILS = "token address,amount uint160,expiration uint48,nonce uint48";
    private static final String PERMISSIONS = "token address,amount uint256";
    private static final String AUTHORIZATION =
            "from address,to address,value uint256,validAfter uint256,validBefore uint256,nonce bytes32";
    private static final String NONCE = "\"0x" + "00".repeat(32) + "\"";

    private static List<String> lines(String json) {
        return new EvmCallDecoder()
                .typedData(new Town(), ALICE, json).stream()
                        .map(DecoderTableTest::line)
                        .toList();
    }

    private static String fields(String text) {
        return java.util.Arrays.stream(text.split(","))
                .map(field -> "{\"name\":\"" + field.split(" ")[0] + "\",\"type\":\"" + field.split(" ")[1] + "\"}")
                .collect(java.util.stream.Collectors.joining(","));
    }

    private static String json(String contract, String chain, String primary, String types, String message) {
        return "{\"types\":{\"EIP712Domain\":[" + DOMAIN + "]," + types + "},\"primaryType\":\"" + primary
                + "\",\"domain\":{\"name\":\"It\",\"chainId\":" + chain + ",\"verifyingContract\":\"" + contract
                + "\"},\"message\":" + message + "}";
    }

    private static String of(String contract, String primary, String fields, String message) {
        return json(contract, "31337", primary, "\"" + primary + "\":[" + fields(fields) + "]", message);
    }

    private static String permit2(
            String primary, String fields, String referred, String referredFields, String message) {
        return json(
                PERMIT2,
                "\"0x7a69\"",
                primary,
                "\"" + primary + "\":[" + fields(fields) + "],\"" + referred + "\":[" + fields(referredFields) + "]",
                message);
    }

    private static String permit(String value, String deadline) {
        return "{\"owner\":\"" + ALICE + "\",\"spender\":\"" + ROUTER + "\",\"value\":" + value
                + ",\"nonce\":0,\"deadline\":" + deadline + "}";
    }

    @Test
    void permit() {
        assertThat(lines(of(USDC, "Permit", PERMIT, permit("\"1000000\"", "1900000000"))))
                .containsExactly("PERMIT 0 1000000 · Signed by " + ALICE + ": Allow " + ROUTER
                        + " (uniswap-v2.router) to take 1 USDC");
    }

    @Test
    void aPermitForEverAndEverything() {
        String all = "\"0x" + MAX.toString(16) + "\"";

        assertThat(lines(of(USDC, "Permit", PERMIT, permit(all, all))))
                .containsExactly("PERMIT 0 " + MAX + " [UNLIMITED, NO_EXPIRY] · Signed by " + ALICE + ": Allow "
                        + ROUTER + " (uniswap-v2.router) to take an unlimited amount of USDC, without an end");
    }

    @Test
    void daiWritesEverythingAsTrueAndNeverAsZero() {
        String message =
                "{\"holder\":\"" + ALICE + "\",\"spender\":\"" + BOB + "\",\"nonce\":0,\"expiry\":0,\"allowed\":true}";

        assertThat(lines(of(
                        STRANGER,
                        "Permit",
                        "holder address,spender address,nonce uint256,expiry uint256,allowed bool",
                        message)))
                .containsExactly("PERMIT 0 " + MAX + " [UNLIMITED, NO_EXPIRY] · Signed by " + ALICE + ": Allow " + BOB
                        + " (bob.eth) to take an unlimited amount of token " + STRANGER + ", without an end");
    }

    @Test
    void aPositionOfACollection() {
        String message = "{\"spender\":\"" + BOB + "\",\"tokenId\":\"7\",\"nonce\":0,\"deadline\":1900000000}";

        assertThat(lines(
                        of(PUNKS, "Permit", "spender address,tokenId uint256,nonce uint256,deadline uint256", message)))
                .containsExactly("PERMIT 0 #7 · Allow " + BOB + " (bob.eth) to take number 7 of the collection " + PUNKS
                        + " (PUNK)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TransferWithAuthorization", "ReceiveWithAuthorization"})
    void aTransferThatAnybodyCanBring(String type) {
        String message = "{\"from\":\"" + ALICE + "\",\"to\":\"" + BOB
                + "\",\"value\":\"1000000\",\"validAfter\":0,\"validBefore\":1900000000,\"nonce\":" + NONCE + "}";

        assertThat(lines(of(USDC, type, AUTHORIZATION, message)))
                .containsExactly(
                        "TRANSFER_AUTHORIZATION 0 1000000 · Allow whoever has the signature to send 1 USDC from "
                                + ALICE + " to " + BOB + " (bob.eth), until 2030-03-17T17:46:40Z");
    }

    @Test
    void aTransferThatIsCalledOff() {
        String message = "{\"authorizer\":\"" + ALICE + "\",\"nonce\":" + NONCE + "}";

        assertThat(lines(of(USDC, "CancelAuthorization", "authorizer address,nonce bytes32", message)))
                .containsExactly("TRANSFER_AUTHORIZATION 0 0 [REVOKES] · Cancel a signed transfer of " + ALICE);
    }

    @Test
    void permit2Single() {
        String details = "{\"token\":\"" + USDC + "\",\"amount\":\"1000000\",\"expiration\":\"0\",\"nonce\":0}";
        String message = "{\"details\":" + details + ",\"spender\":\"" + BOB + "\",\"sigDeadline\":1900000000}";

        List<Action> actions = new EvmCallDecoder()
                .typedData(
                        new Town(),
                        ALICE,
                        permit2(
                                "PermitSingle",
                                "details PermitDetails,spender address,sigDeadline uint256",
                                "PermitDetails",
                                DETAILS,
                                message));

        assertThat(actions).singleElement().satisfies(action -> {
            assertThat(action.expires()).as("as long as the signature is good").isEqualTo("1900000000");
            assertThat(DecoderTableTest.line(action))
                    .isEqualTo(
                            "PERMIT 0 1000000 · Signed by " + ALICE + ": Allow " + BOB + " (bob.eth) to take 1 USDC");
        });
    }

    @Test
    void permit2Batch() {
        String most = java.math.BigInteger.ONE
                .shiftLeft(160)
                .subtract(java.math.BigInteger.ONE)
                .toString();
        String details = "[{\"token\":\"" + USDC + "\",\"amount\":\"1\",\"expiration\":\"1900000000\",\"nonce\":0},"
                + "{\"token\":\"" + WETH + "\",\"amount\":\"" + most
                + "\",\"expiration\":\"281474976710655\",\"nonce\":0}]";
        String message = "{\"details\":" + details + ",\"spender\":\"" + BOB + "\",\"sigDeadline\":1900000000}";

        assertThat(lines(permit2(
                        "PermitBatch",
                        "details PermitDetails[],spender address,sigDeadline uint256",
                        "PermitDetails",
                        DETAILS,
                        message)))
                .containsExactly(
                        "PERMIT 0.details[0] 1 · Signed by " + ALICE + ": Allow " + BOB
                                + " (bob.eth) to take 0.000001 USDC",
                        "PERMIT 0.details[1] " + most + " [UNLIMITED, NO_EXPIRY] · Signed by " + ALICE + ": Allow "
                                + BOB + " (bob.eth) to take an unlimited amount of WETH, without an end");
    }

    @Test
    void permit2Transfers() {
        String one = "{\"token\":\"" + USDC + "\",\"amount\":\"1000000\"}";
        String tail = ",\"spender\":\"" + BOB + "\",\"nonce\":0,\"deadline\":1900000000";
        String expected =
                " · Allow " + BOB + " (bob.eth) to take 1 USDC once and send it to anybody, until 2030-03-17T17:46:40Z";

        assertThat(lines(permit2(
                        "PermitTransferFrom",
                        "permitted TokenPermissions,spender address,nonce uint256,deadline uint256",
                        "TokenPermissions",
                        PERMISSIONS,
                        "{\"permitted\":" + one + tail + "}")))
                .containsExactly("TRANSFER_AUTHORIZATION 0 1000000" + expected);
        assertThat(lines(permit2(
                        "PermitBatchTransferFrom",
                        "permitted TokenPermissions[],spender address,nonce uint256,deadline uint256",
                        "TokenPermissions",
                        PERMISSIONS,
                        "{\"permitted\":[" + one + "]" + tail + "}")))
                .containsExactly("TRANSFER_AUTHORIZATION 0.permitted[0] 1000000" + expected);
        assertThat(lines(permit2(
                        "PermitWitnessTransferFrom",
                        "permitted TokenPermissions,spender address,nonce uint256,deadline uint256,witness Order",
                        "TokenPermissions",
                        PERMISSIONS,
                        "{\"permitted\":" + one + tail + ",\"witness\":{}}")))
                .containsExactly("TRANSFER_AUTHORIZATION 0 1000000" + expected);
    }

    @Test
    void aSafeTransactionIsReadToItsEnd() {
        String approve = Calldata.call("approve", Calldata.address(BOB), Calldata.number(MAX));
        String data = Calldata.call("multicall", Calldata.calls(approve));

        assertThat(lines(safe(USDC, data, 0)))
                .containsExactly(
                        "CONTRACT_CALL 0 · Let the account " + SAFE + " act, as far as its owners agree",
                        "CONTRACT_CALL 0.SafeTx · Let " + USDC + " (USDC) do 1 call in one",
                        "TOKEN_APPROVAL 0.SafeTx.multicall[0] " + MAX + " [UNLIMITED] · Allow " + BOB
                                + " (bob.eth) to take an unlimited amount of USDC");
        assertThat(lines(safe(STRANGER, approve, 1)))
                .element(1)
                .isEqualTo("DELEGATE_CALL 0.SafeTx [DELEGATE_CALL] · Run the code of " + STRANGER
                        + " with every right of " + SAFE);
    }

    private static String safe(String to, String data, int operation) {
        return of(
                SAFE,
                "SafeTx",
                "to address,value uint256,data bytes,operation uint8,safeTxGas uint256,baseGas uint256,"
                        + "gasPrice uint256,gasToken address,refundReceiver address,nonce uint256",
                "{\"to\":\"" + to + "\",\"value\":0,\"data\":\"" + data + "\",\"operation\":" + operation
                        + ",\"safeTxGas\":0,\"baseGas\":0,\"gasPrice\":0,\"gasToken\":\"" + Hex.ZERO_ADDRESS
                        + "\",\"refundReceiver\":\"" + Hex.ZERO_ADDRESS + "\",\"nonce\":0}");
    }

    @Test
    void saysThatASignatureCountsElsewhere() {
        String other =
                of(USDC, "Permit", PERMIT, permit("1", "1900000000")).replace("\"chainId\":31337", "\"chainId\":1");
        String none = of(USDC, "Permit", PERMIT, permit("1", "1900000000"))
                .replace("{\"name\":\"chainId\",\"type\":\"uint256\"},", "");

        assertThat(lines(other))
                .element(1)
                .asString()
                .startsWith("UNREADABLE 0.network")
                .endsWith("number 1");
        assertThat(lines(none))
                .element(1)
                .asString()
                .startsWith("UNREADABLE 0.network")
                .endsWith("may count on any");
    }

    @Test
    void aTypeThatOnlyLooksLikeAPermitIsUnreadable() {
        String swapped = of(
                USDC,
                "Permit",
                "spender address,owner address,value uint256,nonce uint256,deadline uint256",
                permit("1", "1900000000"));
        String narrow = of(
                USDC,
                "Permit",
                "owner address,spender address,value uint8,nonce uint256,deadline uint256",
                permit("1", "1900000000"));

        assertThat(lines(swapped)).singleElement().asString().startsWith("UNREADABLE 0 ·");
        assertThat(lines(narrow)).singleElement().asString().startsWith("UNREADABLE 0 ·");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"types\":{},\"primaryType\":\"Permit\",\"domain\":{},\"message\":{}}",
                "{\"types\":{},\"types\":{},\"primaryType\":\"Permit\",\"domain\":{},\"message\":{}}",
                "{\"types\":{\"EIP712Domain\":[{\"name\":\"chainId\"}]},\"primaryType\":\"X\",\"domain\":{\"chainId\":-1},"
                        + "\"message\":{}}"
            })
    void whatIsNoTypedDataIsUnreadable(String json) {
        assertThat(new EvmCallDecoder().typedData(new Town(), ALICE, json))
                .isNotEmpty()
                .allMatch(action -> action.kind() == ActionKind.UNREADABLE);
    }

    @Test
    void amountsThatAreNoWholeNumbersAreUnreadable() {
        for (String value :
                List.of("1.5", "-1", "\"1e3\"", "\" 1\"", "null", "[]", "\"0x\"", "\"" + "9".repeat(100) + "\"")) {
            assertThat(lines(of(USDC, "Permit", PERMIT, permit(value, "1900000000"))))
                    .as(value)
                    .allMatch(line -> line.startsWith("UNREADABLE"));
        }
    }

    @Test
    void aHostileNameCannotPretendToBeSomethingElse() {
        String json = json(STRANGER, "31337", "Drain\\u202Eknaht", "\"Drain\\u202Eknaht\":[]", "{}")
                .replace("\"It\"", "\"USD\\u200BC\\n\\nAPPROVED\"");

        assertThat(lines(json))
                .containsExactly("UNREADABLE 0 · Sign a structure Drainknaht for USDCAPPROVED at " + STRANGER
                        + " that nobody here can read");
    }
}
