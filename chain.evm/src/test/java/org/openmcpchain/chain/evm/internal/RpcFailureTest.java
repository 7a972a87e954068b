/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.web3j.protocol.core.Response;

class RpcFailureTest {

    private static final String OUT_OF_MONEY = "0x08c379a0"
            + "0000000000000000000000000000000000000000000000000000000000000020"
            + "000000000000000000000000000000000000000000000000000000000000000c"
            + "6f7574206f66206d6f6e65790000000000000000000000000000000000000000";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-32000 | nonce too low: next nonce 5, tx nonce 4 | CHAIN_NONCE",
                "-32010 | OldNonce | CHAIN_NONCE",
                "-32000 | transaction underpriced: tip needed 1 | CHAIN_FEE_TOO_LOW",
                "-32000 | replacement transaction underpriced | CHAIN_FEE_TOO_LOW",
                "-32000 | max fee per gas less than block base fee: address 0x1 | CHAIN_FEE_TOO_LOW",
                "-32000 | insufficient funds for gas * price + value | CHAIN_FUNDS",
                "-32003 | Insufficient funds for gas * price + value | CHAIN_FUNDS",
                "-32004 | Upfront cost exceeds account balance | CHAIN_FUNDS",
                "-32000 | execution reverted: no | CHAIN_REVERTED",
                "3 | anything | CHAIN_REVERTED",
                "-32015 | VM execution error: VM Exception while processing | CHAIN_REVERTED",
                "-32601 | the method does not exist | CHAIN_RPC",
                "-32603 | internal error | CHAIN_RPC",
                "429 | rate limit | CHAIN_RPC",
            })
    void theSameFailureAlwaysHasTheSameCode(int code, String message, ChainError expected) {
        assertThat(RpcFailure.of("net", new Response.Error(code, message)).code())
                .isEqualTo(expected);
        assertThat(RpcFailure.of("net", new Response.Error(code, message)).code())
                .isEqualTo(expected);
    }

    @Test
    void aNodeWithoutMessageIsStillAnError() {
        assertThat(RpcFailure.of("net", new Response.Error()).code()).isEqualTo(ChainError.CHAIN_RPC);
    }

    @ParameterizedTest
    @CsvSource({"already known", "transaction already imported", "AlreadyKnown", "known transaction: 0x12"})
    void bytesThatTheNodeHasAlreadyAreNoFailure(String message) {
        assertThat(RpcFailure.isAlreadyKnown(new Response.Error(-32000, message)))
                .isTrue();
        assertThat(RpcFailure.isAlreadyKnown(new Response.Error(-32000, "nonce too low")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "missing trie node 90af (path ) state 0x01 is not available, true",
        "historical state 0x01 is not available, true",
        "required historical state unavailable (reexec=128), true",
        "No state available for block 0x3f9e, true",
        "old data not available due to pruning, true",
        "state at block #49871645 is pruned, true",
        "distance to target block exceeds maximum proof window, true",
        "header not found, false",
        "unknown block, false",
        "rate limit exceeded, false",
        "internal error, false",
    })
    void tellsAForgottenStateFromABlockThatIsNotThereYet(String message, boolean forgotten) {
        assertThat(RpcFailure.isForgotten(new Response.Error(-32000, message))).isEqualTo(forgotten);
    }

    @Test
    void takesTheReasonFromTheDataBeforeTheMessage() {
        Response.Error error = new Response.Error(3, "execution reverted: something else");
        error.setData("\"" + OUT_OF_MONEY + "\"");

        assertThat(reason(error)).isEqualTo("out of money");
    }

    @Test
    void takesTheReasonFromTheMessageWhenThereIsNoData() {
        assertThat(reason(new Response.Error(3, "execution reverted: Ownable: caller is not the owner")))
                .isEqualTo("Ownable: caller is not the owner");
        assertThat(reason(new Response.Error(3, "execution reverted"))).isEqualTo(RevertReason.WITHOUT_REASON);
    }

    @Test
    void boundsAndCleansWhatANodeSays() {
        HostException failure =
                RpcFailure.of("net", new Response.Error(-32000, "bad\nINFO forged " + "x".repeat(5000)));

        assertThat(failure.parameters().get("detail")).hasSizeLessThan(310).doesNotContain("\n");
    }

    private static String reason(Response.Error error) {
        return RpcFailure.of("net", error).parameters().get("reason");
    }
}
