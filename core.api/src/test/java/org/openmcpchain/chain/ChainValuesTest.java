/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.AssetId;

final class ChainValuesTest {

    private static final ChainId CHAIN = ChainId.eip155(31337);
    private static final Instant NOW = Instant.parse("2026-11-20T09:50:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {"eip155:1", "eip155:31337", "cosmos:cosmoshub-3", "bip122:000000000019d6689c085ae165831e93"})
    void chainNamesGoThereAndBack(String name) {
        assertThat(ChainId.parse(name)).hasToString(name);
        String account = name + ":0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
        assertThat(AccountId.parse(account)).hasToString(account);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eip155", ":1", "eip155:", "EIP155:1", "eip155:1:2", "e:1", "eip155:a b"})
    void refusesWhatIsNoChainName(String name) {
        assertThatThrownBy(() -> ChainId.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0xabc", "eip155:1", "eip155:1:", "eip155:1:0x\u0000"})
    void refusesWhatIsNoAccountName(String name) {
        assertThatThrownBy(() -> AccountId.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIntentNeedsAReceiver() {
        ContractCall call = ContractCall.of("0xrouter", "swap(uint256)", BigInteger.ONE);
        TransactionIntent swap = TransactionIntent.builder("swap")
                .description("swap")
                .call(call)
                .value(BigInteger.TEN)
                .build();

        assertThat(swap.to()).isEqualTo("0xrouter");
        assertThat(swap.call()).contains(call);
        assertThat(swap.label()).isEqualTo("swap");
        assertThat(swap.description()).isEqualTo("swap");
        assertThat(swap.value()).isEqualTo(10);
        TransactionIntent transfer =
                TransactionIntent.builder("pay").to("0xbob").build();
        assertThat(transfer.call()).isEmpty();
        assertThat(transfer.value()).isZero();
        assertThatThrownBy(() -> TransactionIntent.builder("pay").build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransactionIntent.builder("Pay Bob")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransactionIntent.builder("pay").value(BigInteger.ONE.negate()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsCannotBeChangedFromOutside() {
        List<Object> arguments = new ArrayList<>(List.of(1));
        ContractCall call = new ContractCall("0x1", "f(uint256)", arguments);
        List<String> topics = new ArrayList<>(List.of("0xa"));
        Log log = new Log("0x1", topics, "0x");
        List<Log> logs = new ArrayList<>(List.of(log));
        TransactionReceipt receipt =
                new TransactionReceipt("0xh", 1, "0xb", BigInteger.ONE, BigInteger.ONE, "0xf", "0xt", logs);
        arguments.clear();
        topics.clear();
        logs.clear();

        assertThat(call.arguments()).containsExactly(1);
        assertThat(log.topics()).containsExactly("0xa");
        assertThat(receipt.logs()).containsExactly(log);
    }

    @Test
    void aTransactionKeepsItsBytesInEveryState() {
        TransactionRecord signed = new TransactionRecord(
                "key",
                "0xh",
                "r1",
                "1.0",
                "swap",
                "swap",
                CHAIN,
                "0xf",
                "0xt",
                7,
                BigInteger.TEN,
                "0x02",
                TransactionState.SIGNED,
                null,
                null,
                null,
                null,
                null,
                NOW,
                NOW);
        TransactionRecord unknown = signed.to(TransactionState.UNKNOWN, "no receipt yet", NOW.plusSeconds(1));
        TransactionRecord mined = unknown.to(
                TransactionState.MINED,
                new TransactionReceipt("0xh", 9, "0xb", BigInteger.TWO, BigInteger.ONE, "0xf", "0xt", List.of()),
                null,
                NOW.plusSeconds(2));

        assertThat(unknown.detail()).isEqualTo("no receipt yet");
        assertThat(mined.rawTransaction()).isEqualTo(signed.rawTransaction());
        assertThat(mined.nonce()).isEqualTo(7);
        assertThat(mined.blockNumber()).isEqualTo(9);
        assertThat(mined.gasUsed()).isEqualTo(2);
        assertThat(mined.createdAt()).isEqualTo(NOW);
        assertThat(mined.updatedAt()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void aTimeOutIsNeverFinal() {
        assertThat(List.of(TransactionState.values()).stream().filter(TransactionState::isFinal))
                .containsExactlyInAnyOrder(
                        TransactionState.MINED,
                        TransactionState.REVERTED,
                        TransactionState.REPLACED,
                        TransactionState.DROPPED);
    }

    @Test
    void aNetworkFindsItsAssetsAndContracts() {
        NetworkInfo network = new OneAssetNetwork();
        assertThat(network.asset("eth")).contains(network.coin());
        assertThat(network.asset("DOGE")).isEmpty();
        assertThat(network.contract("router")).contains("0x7a25");
        assertThat(network.contract("nothing")).isEmpty();
    }

    private static final class OneAssetNetwork implements NetworkInfo {

        @Override
        public ChainId id() {
            return CHAIN;
        }

        @Override
        public String name() {
            return "devnet";
        }

        @Override
        public Asset coin() {
            return new Asset(AssetId.coin(CHAIN, 60), "ETH", 18);
        }

        @Override
        public List<Asset> assets() {
            return List.of(coin());
        }

        @Override
        public Map<String, String> contracts() {
            return Map.of("router", "0x7a25");
        }

        @Override
        public Map<String, String> names() {
            return Map.of();
        }

        @Override
        public int confirmations() {
            return 1;
        }
    }
}
