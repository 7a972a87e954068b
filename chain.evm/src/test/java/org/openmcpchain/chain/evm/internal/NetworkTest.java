/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.AccountId;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint8;

class NetworkTest {

    private final MemoryLog log = new MemoryLog();
    private final RecordingGate gate = new RecordingGate();
    private final CountingWallet wallet = new CountingWallet(TestChain.TREASURY_KEY);

    @Test
    void twoNetworksRunSideBySide() throws Exception {
        try (TestChain one = TestChain.start(31337);
                TestChain two = TestChain.start(31338)) {
            Network first = network(one, 31337, Map.of());
            Network second = network(two, 31338, Map.of("coinSymbol", "TWO"));

            second.open(HostLife.scope("c1"))
                    .send(HostLife.transfer("pay", TestChain.BOB, 5))
                    .orThrow();

            assertThat(first.status()).isEqualTo(new ChainStatus(true, ChainId.eip155(31337), 0, null));
            assertThat(second.status()).isEqualTo(new ChainStatus(true, ChainId.eip155(31338), 1, null));
            assertThat(second.network().coin().symbol()).isEqualTo("TWO");
            assertThat(log.only().chain()).isEqualTo(ChainId.eip155(31338));
            first.open(HostLife.scope("c1"))
                    .send(HostLife.transfer("pay", TestChain.BOB, 5))
                    .orThrow();
            assertThat(log.all())
                    .as("the same call on another network is another transaction")
                    .hasSize(2);
            first.stop();
            second.stop();
        }
    }

    @Test
    void refusesANodeOfAnotherChain() throws Exception {
        try (TestChain chain = TestChain.start(31337)) {
            Network network = network(chain, 1, Map.of());

            assertThat(network.status().detail()).isEqualTo("the node serves another chain");
            ChainAccess access = network.open(HostLife.scope("c1"));
            assertFails(ChainError.CHAIN_MISMATCH, () -> access.balance(TestChain.BOB));
            assertFails(ChainError.CHAIN_MISMATCH, () -> access.send(HostLife.transfer("pay", TestChain.BOB, 5)));
            assertThat(wallet.signatures()).isZero();
            network.stop();
        }
    }

    @Test
    void readsTypedValuesFromARealContract() throws Exception {
        try (TestChain chain = TestChain.start(31337)) {
            String token = chain.deploy("DevToken", new Utf8String("Test"), new Utf8String("TST"), new Uint8(6));
            chain.call(token, "mint(address,uint256)", TestChain.ALICE, BigInteger.TEN);
            Network network = network(chain, 31337, Map.of("names", new String[] {"alice.eth=" + TestChain.ALICE}));
            ChainAccess access = network.open(HostLife.scope("c1"));

            assertThat(access.read(ContractCall.of(token, "symbol()(string)"))).isEqualTo(List.of("TST"));
            assertThat(access.read(ContractCall.of(token, "decimals()(uint8)")))
                    .isEqualTo(List.of(BigInteger.valueOf(6)));
            assertThat(access.read(ContractCall.of(token, "owner()(address)"))).isEqualTo(List.of(TestChain.OPERATOR));
            assertThat(access.read(ContractCall.of(token, "balanceOf(address)(uint256)", access.resolve("Alice.ETH"))))
                    .isEqualTo(List.of(BigInteger.TEN));
            assertThat(access.balance("alice.eth")).isPositive();
            assertThat(access.head().number()).isEqualTo(2);
            assertThat(access.account()).isEqualTo(new AccountId(ChainId.eip155(31337), TestChain.TREASURY));
            assertFails(
                    ChainError.CHAIN_CALL_INVALID, () -> access.read(ContractCall.of(token, "nothing()(uint256)x")));
            assertFails(
                    ChainError.CHAIN_CALL_INVALID,
                    () -> access.read(ContractCall.of(TestChain.BOB, "symbol()(string)")));
            assertFails(ChainError.CHAIN_CALL_INVALID, () -> access.read(ContractCall.of("bob", "symbol()(string)")));
            assertFails(
                    ChainError.CHAIN_REVERTED,
                    () -> access.read(ContractCall.of(
                            token,
                            "transferFrom(address,address,uint256)(bool)",
                            TestChain.ALICE,
                            TestChain.BOB,
                            BigInteger.ONE)));
            network.stop();
        }
    }

    @Test
    void knowsItsNames() {
        Network network = new Network(
                log,
                new MemoryJournal(),
                gate,
                Configs.local(
                        "http://127.0.0.1:1",
                        Map.of(
                                "names", new String[] {"alice.eth=" + TestChain.ALICE},
                                "contracts", new String[] {"weth=" + TestChain.BOB})));
        ChainAccess access = network.open(HostLife.scope("c1"));

        assertThat(access.resolve("ALICE.eth")).isEqualTo(TestChain.ALICE);
        assertThat(access.resolve("weth")).isEqualTo(TestChain.BOB);
        assertThat(access.resolve(TestChain.BOB.toLowerCase())).isEqualTo(TestChain.BOB);
        assertFails(ChainError.CHAIN_NAME_UNKNOWN, () -> access.resolve("mallory.eth"));
        assertFails(ChainError.CHAIN_NAME_UNKNOWN, () -> access.resolve(TestChain.BOB.replace("C44", "c44")));
        assertThat(access.network().names()).containsEntry("alice.eth", TestChain.ALICE);
    }

    @Test
    void withoutAWalletItCanOnlyRead() throws Exception {
        try (TestChain chain = TestChain.start(31337)) {
            Network network = network(chain, 31337, Map.of());
            network.unbindWallet(wallet, Map.of("service.id", 1L));
            ChainAccess access = network.open(HostLife.scope("c1"));

            assertThat(access.balance(TestChain.BOB)).isPositive();
            assertFails(WalletError.ACCOUNT_UNKNOWN, access::account);
            assertFails(WalletError.ACCOUNT_UNKNOWN, () -> access.send(HostLife.transfer("pay", TestChain.BOB, 5)));
            network.stop();
        }
    }

    @Test
    void theHighestRankingWalletComesFirst() {
        Wallets wallets = new Wallets();
        CountingWallet alice = new CountingWallet(TestChain.ALICE_KEY);
        wallets.add(wallet, Map.of("service.id", 1L));
        wallets.add(alice, Map.of("service.id", 2L, "service.ranking", 10));

        assertThat(wallets.spender(null)).isEqualTo(TestChain.ALICE);
        assertThat(wallets.spender(TestChain.TREASURY.toLowerCase())).isEqualTo(TestChain.TREASURY);
        assertThat(wallets.holding(TestChain.TREASURY)).isSameAs(wallet);
        assertFails(WalletError.ACCOUNT_UNKNOWN, () -> wallets.spender(TestChain.BOB));
    }

    @Test
    void settlesUnfinishedTransactionsFromTheStart() throws Exception {
        try (TestChain chain = TestChain.start(31337)) {
            chain.automine(false);
            Network before = network(chain, 31337, Map.of("receiptTimeoutSeconds", 1));
            before.open(HostLife.scope("c1")).send(HostLife.transfer("pay", TestChain.BOB, 5));
            before.stop();
            chain.mine();

            Network after = network(chain, 31337, Map.of());

            await().until(() -> log.only().state() == TransactionState.MINED);
            after.stop();
        }
    }

    @Test
    void aNodeOutOfReachIsAStatusAndNotAnException() throws Exception {
        Network network = new Network(log, new MemoryJournal(), gate, Configs.local("http://127.0.0.1:1", Map.of()));

        ChainStatus status = network.status();

        assertThat(status.reachable()).isFalse();
        assertThat(status.chain()).isNull();
        assertThat(status.blockNumber()).isEqualTo(-1);
        assertThat(status.detail()).isEqualTo(ChainError.CHAIN_UNREACHABLE.summary());
        network.stop();
    }

    private Network network(TestChain chain, long number, Map<String, Object> more) {
        var all = new java.util.HashMap<String, Object>(more);
        all.put("chain_id", "eip155:" + number);
        Network network = new Network(log, new MemoryJournal(), gate, Configs.local(chain.url(), all));
        network.bindWallet(wallet, Map.of("service.id", 1L));
        return network;
    }

    private static void assertFails(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
