/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.policy.BalanceChange;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint8;

/** What transactions would do to balances, on a real chain with real contracts, by each of the two methods. */
class SimulationTest {

    private static final BigInteger ETHER = BigInteger.TEN.pow(18);
    private static final String COIN = "eip155:31337/slip44:60";

    private TestChain chain;
    private ForgetfulNode forgetful;
    private final List<EvmNode> nodes = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        chain = TestChain.start(31337);
    }

    @AfterEach
    void end() throws Exception {
        nodes.forEach(EvmNode::close);
        if (forgetful != null) {
            forgetful.close();
        }
        if (chain != null) {
            chain.close();
        }
    }

    private String without(String... methods) throws IOException {
        forgetful = new ForgetfulNode(chain).without(methods);
        return forgetful.url();
    }

    private Optional<List<BalanceChange>> simulate(
            String url, String[] assets, String to, BigInteger value, String data) {
        NetworkSettings settings = NetworkSettings.from(Configs.local(url, Map.of("assets", assets)));
        EvmNode node = new EvmNode(settings);
        nodes.add(node);
        Crafter.Draft draft = new Crafter.Draft(
                TestChain.TREASURY,
                to,
                value,
                data,
                BigInteger.valueOf(1_000_000),
                BigInteger.ONE,
                BigInteger.TEN.pow(10));
        return new Simulation(settings, node).changes(draft);
    }

    private String url(String method) throws IOException {
        return method.equals("eth_simulateV1") ? chain.url() : without("eth_simulateV1");
    }

    private static String call(String to, String function, Object... arguments) {
        return new Abi().encode(ContractCall.of(to, function, arguments));
    }

    private static List<String> lines(Optional<List<BalanceChange>> changes) {
        return changes.orElseThrow().stream()
                .map(change -> change.account() + " " + change.amount() + " "
                        + (change.symbol() == null ? change.asset() : change.symbol())
                        + (change.tokenId() == null ? "" : " #" + change.tokenId()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_simulateV1", "debug_traceCall"})
    void coin(String method) throws Exception {
        assertThat(lines(simulate(url(method), new String[0], TestChain.BOB, ETHER, "0x")))
                .containsExactly(
                        TestChain.BOB + " 1000000000000000000 ETH", TestChain.TREASURY + " -1000000000000000000 ETH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_simulateV1", "debug_traceCall"})
    void tokens(String method) throws Exception {
        String token = chain.deploy("DevToken", new Utf8String("Test"), new Utf8String("TST"), new Uint8(6));
        chain.call(token, "mint(address,uint256)", TestChain.TREASURY, BigInteger.valueOf(1_000_000));
        String data = call(token, "transfer(address,uint256)", TestChain.BOB, BigInteger.TEN);
        String checksummed = Addresses.checksummed(token);

        assertThat(lines(simulate(url(method), new String[] {"TST:6:" + token}, token, BigInteger.ZERO, data)))
                .containsExactly(TestChain.BOB + " 10 TST", TestChain.TREASURY + " -10 TST");
        assertThat(lines(simulate(chain.url(), new String[0], token, BigInteger.ZERO, data)))
                .containsExactly(
                        TestChain.BOB + " 10 eip155:31337/erc20:" + checksummed,
                        TestChain.TREASURY + " -10 eip155:31337/erc20:" + checksummed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_simulateV1", "debug_traceCall"})
    void wrapping(String method) throws Exception {
        String weth = chain.deploy("WETH9");
        String url = url(method);
        String[] assets = {"WETH:18:" + weth};

        assertThat(lines(simulate(url, assets, weth, ETHER, call(weth, "deposit()"))))
                .contains(
                        TestChain.TREASURY + " -1000000000000000000 ETH",
                        TestChain.TREASURY + " 1000000000000000000 WETH");
        chain.rpc(
                "eth_sendTransaction",
                Map.of("from", TestChain.TREASURY, "to", weth, "data", "0xd0e30db0", "value", "0xde0b6b3a7640000"));
        org.awaitility.Awaitility.await()
                .until(() -> chain.nonce(TestChain.TREASURY).signum() > 0);
        assertThat(lines(simulate(url, assets, weth, BigInteger.ZERO, call(weth, "withdraw(uint256)", ETHER))))
                .contains(
                        TestChain.TREASURY + " 1000000000000000000 ETH",
                        TestChain.TREASURY + " -1000000000000000000 WETH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_simulateV1", "debug_traceCall"})
    void singleTokens(String method) throws Exception {
        String collection = chain.deploy(
                "ERC721PresetMinterPauserAutoId", new Utf8String("C"), new Utf8String("C"), new Utf8String(""));
        chain.call(collection, "mint(address)", TestChain.TREASURY);
        String data = call(
                collection,
                "safeTransferFrom(address,address,uint256)",
                TestChain.TREASURY,
                TestChain.BOB,
                BigInteger.ZERO);
        String asset = "eip155:31337/erc721:" + Addresses.checksummed(collection);

        assertThat(lines(simulate(url(method), new String[0], collection, BigInteger.ZERO, data)))
                .containsExactly(TestChain.BOB + " 1 " + asset + " #0", TestChain.TREASURY + " -1 " + asset + " #0");
    }

    @Test
    void aNodeThatCanDoNeitherSimulatesNothing() throws Exception {
        assertThat(simulate(without("eth_simulateV1", "debug_traceCall"), new String[0], TestChain.BOB, ETHER, "0x"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_simulateV1", "debug_traceCall"})
    void whatRevertsIsNotSimulated(String method) throws Exception {
        String token = chain.deploy("DevToken", new Utf8String("Test"), new Utf8String("TST"), new Uint8(6));

        assertThat(simulate(
                        url(method),
                        new String[0],
                        token,
                        BigInteger.ZERO,
                        call(token, "transfer(address,uint256)", TestChain.BOB, BigInteger.TEN)))
                .isEmpty();
    }

    @Test
    void readsBatchesAndLeavesMalformedEventsAlone() throws Exception {
        TransferLogs logs = new TransferLogs(
                NetworkSettings.from(Configs.local(chain.url(), Map.of())).info());
        String head = "{\"address\":\"" + TestChain.ALICE
                + "\",\"topics\":[\"0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb\"," + "\""
                + topic(TestChain.ALICE) + "\",\"" + topic(TestChain.TREASURY) + "\",\"" + topic(TestChain.BOB)
                + "\"],\"data\":\"0x";
        String body = word(0x40) + word(0xa0) + word(2) + word(7) + word(8) + word(2) + word(1) + word(3);
        ObjectMapper json = new ObjectMapper();

        assertThat(logs.read(json.readTree(head + body + "\"}")))
                .extracting(TransferLogs.Movement::tokenId, TransferLogs.Movement::amount)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(BigInteger.valueOf(7), BigInteger.ONE),
                        org.assertj.core.groups.Tuple.tuple(BigInteger.valueOf(8), BigInteger.valueOf(3)));
        for (String broken : List.of(word(0x40), "f".repeat(128), word(0x40) + word(0x40) + word(0x7fffffff), "")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> logs.read(json.readTree(head + broken + "\"}")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(logs.read(json.readTree("{\"address\":\"" + TestChain.ALICE + "\",\"topics\":[],\"data\":\"0x\"}")))
                .isEmpty();
    }

    private static String topic(String address) {
        return "0x" + "0".repeat(24) + address.substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    private static String word(int number) {
        return String.format("%064x", number);
    }
}
