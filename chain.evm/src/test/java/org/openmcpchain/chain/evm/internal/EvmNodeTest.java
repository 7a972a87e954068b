/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;

/** What a broken or hostile node may answer. */
class EvmNodeTest {

    private final CountDownLatch answering = new CountDownLatch(1);
    private HttpServer server;
    private EvmNode node;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        node = node(30);
    }

    private EvmNode node(int timeoutSeconds) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-key";
        return new EvmNode(NetworkSettings.from(Configs.local(url, Map.of("rpcTimeoutSeconds", timeoutSeconds))));
    }

    @AfterEach
    void stop() {
        answering.countDown();
        node.close();
        server.stop(0);
    }

    @Test
    void anErrorOfTheServerIsUnreachable() {
        answer(503, "secret-key is overloaded");

        assertFails(ChainError.CHAIN_UNREACHABLE);
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });

        assertFails(ChainError.CHAIN_UNREACHABLE);
    }

    @Test
    void anAnswerThatIsNoJsonIsAnError() {
        answer(200, "<html>");

        assertFails(ChainError.CHAIN_RPC);
    }

    @Test
    void aQuantityThatIsNoneIsAnError() {
        answer(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"many\"}");

        assertFails(ChainError.CHAIN_RPC);
    }

    @Test
    void anEmptyAnswerIsAnError() {
        answer(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}");

        assertFails(ChainError.CHAIN_RPC);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            try (var body = exchange.getResponseBody()) {
                for (int i = 0; i < 1024; i++) {
                    body.write(chunk);
                }
            }
        });

        assertThatThrownBy(node::chainId).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.code()).isEqualTo(ChainError.CHAIN_UNREACHABLE);
            assertThat(e).hasRootCauseMessage("the answer is longer than 8388608 bytes");
        });
    }

    @Test
    void aNodeThatNeverAnswersIsGivenUp() {
        node.close();
        node = node(1);
        server.createContext("/", exchange -> {
            try {
                answering.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });

        assertFails(ChainError.CHAIN_UNREACHABLE);
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private void assertFails(ChainError code) {
        assertThatThrownBy(node::chainId).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.toString() + e.getCause()).doesNotContain("secret-key");
        });
    }
}
