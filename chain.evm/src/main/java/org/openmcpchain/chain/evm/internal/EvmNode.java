/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.openmcpchain.chain.BlockRef;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.Log;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthGetTransactionCount;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.protocol.http.HttpService;
import org.web3j.utils.Numeric;

/**
 * The node of one network. Every request has a deadline and every answer a greatest length. Thread-safe.
 *
 * <p>Errors of every method: {@code CHAIN_UNREACHABLE}, {@code CHAIN_RPC}, and what {@link RpcFailure} makes of the
 * node's answer. The node's address stands in none of them, because it may hold a key.
 */
final class EvmNode implements AutoCloseable {

    private static final long MAX_ANSWER_BYTES = 8L * 1024 * 1024;

    private final NetworkSettings settings;
    private final OkHttpClient http;
    private final ScheduledExecutorService unusedByWeb3j;
    private final HttpService service;
    private final Web3j web3j;
    private volatile boolean chainChecked;

    EvmNode(NetworkSettings settings) {
        this(settings, settings.rpcTimeout());
    }

    /** @param timeout when one request is given up */
    EvmNode(NetworkSettings settings, Duration timeout) {
        this.settings = settings;
        this.http = new OkHttpClient.Builder()
                .callTimeout(timeout)
                .readTimeout(timeout)
                .connectTimeout(timeout)
                .followRedirects(false)
                .addNetworkInterceptor(new BoundedAnswers(MAX_ANSWER_BYTES))
                .build();
        // web3j's own default adds a JVM shutdown hook for each client, which would pin this bundle's class loader.
        this.unusedByWeb3j = Executors.newScheduledThreadPool(0);
        this.service = new HttpService(settings.url().toString(), http);
        this.web3j = Web3j.build(service, 1000, unusedByWeb3j);
    }

    ChainId chainId() {
        return ask(web3j.ethChainId(), answer -> ChainId.eip155(number(answer.getChainId())));
    }

    /** Makes sure, once for each time that the node comes within reach, that it serves the configured chain. */
    void requireChain() {
        if (!chainChecked) {
            ChainId actual = chainId();
            if (!actual.equals(settings.info().id())) {
                throw HostException.of(
                        ChainError.CHAIN_MISMATCH,
                        "expected",
                        settings.info().id(),
                        "actual",
                        actual,
                        "network",
                        name());
            }
            chainChecked = true;
        }
    }

    long blockNumber() {
        return ask(web3j.ethBlockNumber(), answer -> number(answer.getBlockNumber()));
    }

    BlockRef head() {
        return latest(block -> new BlockRef(
                number(block.getNumber()), block.getHash(), Instant.ofEpochSecond(number(block.getTimestamp()))));
    }

    BigInteger baseFee() {
        return latest(block -> Optional.ofNullable(block.getBaseFeePerGasRaw()).map(Numeric::decodeQuantity))
                .orElseThrow(() -> rpc("the network has no base fee, so it takes no EIP-1559 transactions", null));
    }

    BigInteger suggestedPriorityFee() {
        return ask(web3j.ethMaxPriorityFeePerGas(), answer -> answer.getMaxPriorityFeePerGas());
    }

    BigInteger balance(String address) {
        return ask(web3j.ethGetBalance(address, DefaultBlockParameterName.LATEST), answer -> answer.getBalance());
    }

    /** The sender's next nonce, counting what the node has pending. */
    long pendingCount(String address) {
        return count(address, DefaultBlockParameterName.PENDING);
    }

    /** The sender's next nonce, counting only what is mined. */
    long minedCount(String address) {
        return count(address, DefaultBlockParameterName.LATEST);
    }

    /** The sender's next nonce after a block, or empty when the node has forgotten the state of so long ago. */
    OptionalLong countAt(String address, long block) {
        EthGetTransactionCount answer = exchange(web3j.ethGetTransactionCount(address, at(block)));
        return answer.hasError() && RpcFailure.isForgotten(answer.getError())
                ? OptionalLong.empty()
                : OptionalLong.of(read(answer, count -> number(count.getTransactionCount())));
    }

    /** The hash of the sender's transaction with this nonce in a block, or empty. */
    Optional<String> sentIn(long block, String sender, long nonce) {
        return ask(web3j.ethGetBlockByNumber(at(block), true), answer -> answer.getBlock().getTransactions().stream()
                .map(result -> (EthBlock.TransactionObject) result.get())
                .filter(sent -> sent.getFrom().equalsIgnoreCase(sender) && number(sent.getNonce()) == nonce)
                .map(EthBlock.TransactionObject::getHash)
                .findFirst());
    }

    /**
     * Executes a call without changing anything.
     *
     * @param from the caller, or null
     * @param block the block to execute it on, or null for the newest
     * @return what the contract answers, 0x hex
     */
    String call(String from, String to, String data, BigInteger value, Long block) {
        return ask(
                web3j.ethCall(
                        new Transaction(from, null, null, null, to, value, data),
                        block == null ? DefaultBlockParameterName.LATEST : at(block)),
                answer -> Objects.requireNonNull(answer.getValue()));
    }

    BigInteger estimateGas(String from, String to, String data, BigInteger value) {
        return ask(
                web3j.ethEstimateGas(new Transaction(from, null, null, null, to, value, data)),
                answer -> answer.getAmountUsed());
    }

    /** The parameter of a failure of {@link #sendRaw} that says that no block can ever hold the bytes. */
    static final String FOR_NO_BLOCK = "forNoBlock";

    /** Sends signed bytes. That the node has them already is a success. */
    void sendRaw(String raw) {
        EthSendTransaction answer = exchange(web3j.ethSendRawTransaction(raw));
        if (answer.hasError() && RpcFailure.isForNoBlock(answer.getError())) {
            HostException failure = RpcFailure.of(name(), answer.getError());
            throw HostException.of(
                    failure.code(),
                    "detail",
                    failure.parameters().get("detail"),
                    FOR_NO_BLOCK,
                    true,
                    "network",
                    name());
        }
        if (answer.hasError() && !RpcFailure.isAlreadyKnown(answer.getError())) {
            throw RpcFailure.of(name(), answer.getError());
        }
    }

    /** What the chain says of an executed transaction, or empty. */
    Optional<Execution> execution(String hash) {
        return ask(web3j.ethGetTransactionReceipt(hash), answer -> answer.getTransactionReceipt()
                .map(EvmNode::execution));
    }

    private static Execution execution(org.web3j.protocol.core.methods.response.TransactionReceipt receipt) {
        List<Log> logs = receipt.getLogs().stream()
                .map(log -> new Log(log.getAddress(), log.getTopics(), log.getData()))
                .toList();
        TransactionReceipt facts = new TransactionReceipt(
                receipt.getTransactionHash(),
                number(receipt.getBlockNumber()),
                receipt.getBlockHash(),
                receipt.getGasUsed(),
                Numeric.decodeQuantity(receipt.getEffectiveGasPrice()),
                receipt.getFrom(),
                receipt.getTo(),
                logs);
        return new Execution(facts, receipt.isStatusOK());
    }

    /**
     * A transaction in a block.
     *
     * @param receipt what the chain says of it
     * @param succeeded false when it reverted
     */
    record Execution(TransactionReceipt receipt, boolean succeeded) {}

    /** What web3j has no words for. @throws UnsupportedOperationException when the node does not have this method */
    JsonNode raw(String method, Object... parameters) {
        RawAnswer answer = exchange(new Request<>(method, List.of(parameters), service, RawAnswer.class));
        if (answer.hasError()) {
            if (RpcFailure.isMissingMethod(answer.getError())) {
                throw new UnsupportedOperationException(method);
            }
            throw RpcFailure.of(name(), answer.getError());
        }
        if (answer.getResult() == null) {
            throw rpc("the node answered nothing", null);
        }
        return answer.getResult();
    }

    /** Any JSON. */
    static final class RawAnswer extends Response<JsonNode> {}

    private <V> V latest(Function<EthBlock.Block, V> reader) {
        return ask(
                web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false),
                answer -> reader.apply(answer.getBlock()));
    }

    private long count(String address, DefaultBlockParameter at) {
        return ask(web3j.ethGetTransactionCount(address, at), answer -> number(answer.getTransactionCount()));
    }

    private static DefaultBlockParameter at(long block) {
        return DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
    }

    /** web3j decodes an answer only when it is read, so reading is part of asking. */
    private <T extends Response<?>, V> V ask(Request<?, T> request, Function<T, V> reader) {
        return read(exchange(request), reader);
    }

    private <T extends Response<?>, V> V read(T answer, Function<T, V> reader) {
        if (answer.hasError()) {
            throw RpcFailure.of(name(), answer.getError());
        }
        try {
            return reader.apply(answer);
        } catch (RuntimeException e) {
            throw rpc("the node's answer is not understood", e);
        }
    }

    private <T extends Response<?>> T exchange(Request<?, T> request) {
        try {
            return request.send();
        } catch (JsonProcessingException e) {
            throw rpc("the node's answer is not understood", e);
        } catch (ClientConnectionException e) {
            // Not as the cause: its message repeats whatever the other side sent.
            chainChecked = false;
            throw HostException.of(
                    ChainError.CHAIN_UNREACHABLE, "network", name(), "detail", "the node refused the request itself");
        } catch (IOException e) {
            chainChecked = false;
            throw HostException.caused(e, ChainError.CHAIN_UNREACHABLE, "network", name());
        }
    }

    private HostException rpc(String detail, Throwable cause) {
        return HostException.caused(cause, ChainError.CHAIN_RPC, "network", name(), "detail", detail);
    }

    private String name() {
        return settings.info().name();
    }

    private static long number(BigInteger quantity) {
        return quantity.longValueExact();
    }

    @Override
    public void close() {
        web3j.shutdown();
        unusedByWeb3j.shutdownNow();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
