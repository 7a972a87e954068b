/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;

/**
 * JSON-RPC to our own anvil, whose accounts are unlocked and which mines each transaction at once. One request at a
 * time: anvil's automining does not bear a backlog.
 */
final class Node implements AutoCloseable {

    private static final long CALL_TIMEOUT_SECONDS = 10;
    private static final long RECEIPT_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final BigInteger DEPLOY_GAS = BigInteger.valueOf(15_000_000);

    private final OkHttpClient http;
    private final ScheduledExecutorService unusedByWeb3j;
    private final Web3j web3j;

    Node(URI url) {
        this.http = new OkHttpClient.Builder()
                .callTimeout(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build();
        // web3j's own default adds a JVM shutdown hook for each client, which would pin this bundle's class loader.
        this.unusedByWeb3j = Executors.newScheduledThreadPool(0);
        this.web3j = Web3j.build(new HttpService(url.toString(), http), 1000, unusedByWeb3j);
    }

    long chainId() throws IOException {
        return checked(web3j.ethChainId().send()).getChainId().longValueExact();
    }

    String genesisHash() throws IOException {
        return checked(web3j.ethGetBlockByNumber(() -> "0x0", false).send())
                .getBlock()
                .getHash();
    }

    boolean hasCode(String address) throws IOException {
        String code = checked(web3j.ethGetCode(address, DefaultBlockParameterName.LATEST)
                        .send())
                .getCode();
        return code.length() > 2;
    }

    /** Deploys a contract. Error: {@code DEVNET_UNAVAILABLE} when the constructor reverts. */
    String deploy(String from, String bytecode, Type<?>... arguments) throws IOException {
        String data = bytecode + FunctionEncoder.encodeConstructor(List.of(arguments));
        return execute(new Transaction(from, null, null, DEPLOY_GAS, null, null, data))
                .getContractAddress();
    }

    /** Sends a contract call and waits until it is mined. Error: {@code DEVNET_UNAVAILABLE} when it reverts. */
    void send(String from, String to, BigInteger value, Function function) throws IOException {
        execute(new Transaction(from, null, null, DEPLOY_GAS, to, value, FunctionEncoder.encode(function)));
    }

    /** Calls a view function; the results are decoded by the function's output types. */
    @SuppressWarnings("rawtypes") // so declared by web3j
    List<Type> read(String to, Function function) throws IOException {
        Transaction call = Transaction.createEthCallTransaction(null, to, FunctionEncoder.encode(function));
        EthCall result =
                checked(web3j.ethCall(call, DefaultBlockParameterName.LATEST).send());
        return FunctionReturnDecoder.decode(result.getValue(), function.getOutputParameters());
    }

    private TransactionReceipt execute(Transaction transaction) throws IOException {
        String hash = checked(web3j.ethSendTransaction(transaction).send()).getTransactionHash();
        TransactionReceipt receipt = awaitReceipt(hash);
        if (!receipt.isStatusOK()) {
            throw HostException.of(
                    ChainError.DEVNET_UNAVAILABLE, "detail", "the set-up transaction " + hash + " reverted");
        }
        return receipt;
    }

    /** anvil mines at once, but answers with the hash a little earlier. */
    private TransactionReceipt awaitReceipt(String hash) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CALL_TIMEOUT_SECONDS);
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            Optional<TransactionReceipt> receipt =
                    checked(web3j.ethGetTransactionReceipt(hash).send()).getTransactionReceipt();
            if (receipt.isPresent()) {
                return receipt.get();
            }
            LockSupport.parkNanos(RECEIPT_INTERVAL_NANOS);
        }
        throw new InterruptedIOException("no receipt of the set-up transaction " + hash);
    }

    private static <T extends Response<?>> T checked(T response) {
        if (response.hasError()) {
            throw HostException.of(
                    ChainError.DEVNET_UNAVAILABLE,
                    "detail",
                    "anvil answered: " + response.getError().getMessage());
        }
        return response;
    }

    @Override
    public void close() {
        web3j.shutdown();
        unusedByWeb3j.shutdownNow();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
