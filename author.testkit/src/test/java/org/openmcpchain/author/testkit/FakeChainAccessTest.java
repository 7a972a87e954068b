/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.run.Outcome;

final class FakeChainAccessTest {

    private static final String TOKEN = "0x00000000000000000000000000000000000000c0";
    private static final String ALICE = "0x00000000000000000000000000000000000000A1";

    private final FakeChainAccess chain = new FakeChainAccess(
            FakeNetwork.builder()
                    .token("USDC", 6, TOKEN)
                    .name("alice.eth", ALICE)
                    .build(),
            ALICE);

    @Test
    void answersWhatIsScripted() {
        chain.answer(TOKEN, "balanceOf", BigInteger.TEN)
                .balance(ALICE, BigInteger.TWO)
                .head(7, Instant.EPOCH);

        assertThat(chain.read(ContractCall.of(TOKEN, "balanceOf(address)(uint256)", ALICE)))
                .containsExactly(BigInteger.TEN);
        assertThat(chain.balance(ALICE.toLowerCase())).isEqualTo(2);
        assertThat(chain.head().number()).isEqualTo(7);
        assertThat(chain.resolve("alice.eth")).isEqualTo(ALICE);
        assertThat(chain.resolve(TOKEN)).isEqualTo(TOKEN);
        assertThat(chain.account()).hasToString("eip155:31337:" + ALICE);
        assertThat(chain.network().asset("usdc")).isPresent();
        assertThat(chain.network().coin().symbol()).isEqualTo("ETH");
    }

    @Test
    void refusesCallsThatDoNotFitTheirSignature() {
        assertCode(ChainError.CHAIN_CALL_INVALID, ContractCall.of(TOKEN, "balanceOf(address)(uint256)", "alice.eth"));
        assertCode(ChainError.CHAIN_CALL_INVALID, ContractCall.of(TOKEN, "balanceOf"));
        chain.revert(TOKEN, "ownerOf", "ERC721: invalid token ID");
        assertCode(ChainError.CHAIN_REVERTED, ContractCall.of(TOKEN, "ownerOf(uint256)(address)", BigInteger.ONE));
    }

    @Test
    void tellsTheTestThatItsScriptIsIncomplete() {
        chain.answer(TOKEN, "decimals", "six");

        assertThatThrownBy(() -> chain.read(ContractCall.of(TOKEN, "name()(string)")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("name()");
        assertThatThrownBy(() -> chain.read(ContractCall.of(TOKEN, "decimals()(uint8)")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> chain.send(intent("swap"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void repeatsTheOutcomeOfALabel() {
        chain.mines("swap", FakeLogs.erc721Transfer(TOKEN, TOKEN, ALICE, BigInteger.ONE));

        Outcome<TransactionReceipt> first = chain.send(intent("swap"));

        assertThat(chain.send(intent("swap"))).isEqualTo(first);
        assertThat(chain.sent()).hasSize(1);
        assertThat(first.orThrow().logs().get(0).topics()).hasSize(4);
    }

    @Test
    void forgetsATransactionThatWasNeverSent() {
        chain.refuses("swap", "no");
        assertThat(chain.send(intent("swap")).word()).isEqualTo("FAILED");

        chain.mines("swap");

        assertThat(chain.send(intent("swap")).isOk()).isTrue();
    }

    @Test
    void findsAChainByItsId() {
        ChainId other = ChainId.eip155(1);
        FakeChainAccess second = new FakeChainAccess(FakeNetwork.builder(other).build(), ALICE);
        FakeToolContext context = FakeToolContext.on(chain, second).at(Instant.EPOCH);

        assertThat(context.chain()).isSameAs(chain);
        assertThat(context.chain(other)).isSameAs(second);
        assertThat(context.deadline()).isAfter(context.now());
        assertThat(context.callId()).isEqualTo("1.0");
        assertThat(context.runId()).isNotBlank();
        assertThatThrownBy(() -> context.chain(ChainId.eip155(5))).isInstanceOf(HostException.class);
        assertThatThrownBy(() -> FakeToolContext.on().chain()).isInstanceOf(HostException.class);
    }

    private void assertCode(ChainError code, ContractCall call) {
        assertThatThrownBy(() -> chain.read(call)).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static TransactionIntent intent(String label) {
        return TransactionIntent.builder(label)
                .call(ContractCall.of(TOKEN, "transfer(address,uint256)(bool)", ALICE, BigInteger.ONE))
                .build();
    }
}
