/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openmcpchain.chain.ContractCall;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.http.HttpService;

/** A real anvil for one test, ended by its handle. */
final class TestChain implements AutoCloseable {

    static final String TREASURY = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    static final String TREASURY_KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    static final String ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    static final String ALICE_KEY = "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
    static final String BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
    /** Nobody but the tests' set-up uses it, so its nonces disturb nothing. */
    static final String OPERATOR = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

    private final Path cache;
    private final Process process;
    private final HttpService http;
    private final String url;

    private TestChain(Path cache, Process process, int port) {
        this.cache = cache;
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
        this.http = new HttpService(url);
    }

    /** Skips the test when there is no anvil; fails it when CI asks for every test. */
    static TestChain start(long chainId, String... options) throws IOException {
        Path cache = cache();
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                cache.resolve("bin/anvil").toString(),
                "--port",
                Integer.toString(port),
                "--chain-id",
                Long.toString(chainId),
                "--quiet"));
        command.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        TestChain chain = new TestChain(cache, process, port);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> chain.rpc("eth_chainId") != null);
        return chain;
    }

    private static Path cache() {
        String named = System.getenv("OPENMCP_CACHE");
        Path cache = (named == null ? Path.of("..", "cnf", "cache") : Path.of(named))
                .toAbsolutePath()
                .normalize();
        boolean present = Files.isExecutable(cache.resolve("bin/anvil"));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("anvil in " + cache).isTrue();
        }
        assumeTrue(present, "there is no anvil in " + cache + "; run cnf/fetch/fetch.sh");
        return cache;
    }

    String url() {
        return url;
    }

    /** Any JSON-RPC method; the result as text, or as the object that JSON gives. */
    Object rpc(String method, Object... parameters) throws IOException {
        Answer answer = new Request<>(method, Arrays.asList(parameters), http, Answer.class).send();
        if (answer.hasError()) {
            throw new IOException(answer.getError().getMessage());
        }
        return answer.getResult();
    }

    static final class Answer extends Response<Object> {}

    BigInteger nonce(String address) throws IOException {
        return new BigInteger(
                rpc("eth_getTransactionCount", address, "latest").toString().substring(2), 16);
    }

    void mine() throws IOException {
        rpc("evm_mine");
    }

    /** Mines a block with this base fee. */
    void mineAtBaseFee(BigInteger wei) throws IOException {
        rpc("anvil_setNextBlockBaseFeePerGas", "0x" + wei.toString(16));
        mine();
    }

    void automine(boolean on) throws IOException {
        rpc("evm_setAutomine", on);
    }

    /** Deploys one of the contracts that the build fetched. */
    String deploy(String contract, Type<?>... arguments) throws IOException {
        String bytecode = new ObjectMapper()
                .readTree(cache.resolve("contracts").resolve(contract + ".json").toFile())
                .get("bytecode")
                .asText();
        return execute(OPERATOR, null, bytecode + FunctionEncoder.encodeConstructor(List.of(arguments)));
    }

    /** Calls a contract as the operator and waits until it is mined. */
    void call(String to, String function, Object... arguments) throws IOException {
        callAs(OPERATOR, to, function, arguments);
    }

    void callAs(String from, String to, String function, Object... arguments) throws IOException {
        execute(from, to, new Abi().encode(ContractCall.of(to, function, arguments)));
    }

    /** Sends a contract call for a high fee and does not wait. */
    void submitAs(String from, String to, String function, Object... arguments) throws IOException {
        submit(from, to, new Abi().encode(ContractCall.of(to, function, arguments)));
    }

    private String execute(String from, String to, String data) throws IOException {
        String hash = submit(from, to, data);
        var request = new Request<>("eth_getTransactionReceipt", List.of(hash), http, EthGetTransactionReceipt.class);
        await().pollInterval(Duration.ofMillis(2))
                .until(() -> request.send().getTransactionReceipt().isPresent());
        var receipt = request.send().getTransactionReceipt().orElseThrow();
        assertThat(receipt.isStatusOK()).as("set-up transaction").isTrue();
        return receipt.getContractAddress();
    }

    private String submit(String from, String to, String data) throws IOException {
        var transaction = new HashMap<String, String>();
        transaction.put("from", from);
        transaction.put("data", data);
        transaction.put("gas", to == null ? "0xe4e1c0" : "0x30d40");
        transaction.put("maxFeePerGas", "0x174876e800");
        transaction.put("maxPriorityFeePerGas", "0x174876e800");
        if (to != null) {
            transaction.put("to", to);
        }
        return rpc("eth_sendTransaction", transaction).toString();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        http.close();
    }
}
