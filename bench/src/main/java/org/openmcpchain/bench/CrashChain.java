/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The development chain, asked past the host. */
final class CrashChain {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;

    CrashChain(Path home) throws IOException {
        Properties memory = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("data/devnet/anvil.properties"))) {
            memory.load(in);
        }
        url = URI.create("http://127.0.0.1:" + memory.getProperty("port"));
    }

    /**
     * What an account has sent.
     *
     * @param hash of the transaction
     * @param nonce of the account
     * @param wei the coins that it carries
     */
    record Sent(String hash, long nonce, BigInteger wei) {}

    JsonNode call(String method, Object... parameters) throws IOException, InterruptedException {
        String body = BenchHost.JSON.writeValueAsString(
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", Arrays.asList(parameters)));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return BenchHost.JSON.readTree(answer.body()).path("result");
    }

    long height() throws IOException, InterruptedException {
        return number(call("eth_blockNumber"));
    }

    /** Everything that an account has sent in blocks behind the given one, in the order of the chain. */
    List<Sent> sentBy(String account, long behind) throws IOException, InterruptedException {
        String sender = account.toLowerCase(Locale.ROOT);
        List<Sent> sent = new ArrayList<>();
        long height = height();
        for (long block = behind + 1; block <= height; block++) {
            for (JsonNode one : call("eth_getBlockByNumber", "0x" + Long.toHexString(block), true)
                    .path("transactions")) {
                if (one.path("from").asText().equalsIgnoreCase(sender)) {
                    BigInteger wei = new BigInteger(one.path("value").asText().substring(2), 16);
                    sent.add(new Sent(one.path("hash").asText(), number(one.path("nonce")), wei));
                }
            }
        }
        return sent;
    }

    /** How many transactions of an account wait for one before them that is missing, or for a block. */
    long stuck(String account) throws IOException, InterruptedException {
        long mined = number(call("eth_getTransactionCount", account, "latest"));
        long known = number(call("eth_getTransactionCount", account, "pending"));
        return known - mined + number(call("txpool_status").path("queued"));
    }

    private static long number(JsonNode hex) {
        return Long.decode(hex.asText());
    }
}
