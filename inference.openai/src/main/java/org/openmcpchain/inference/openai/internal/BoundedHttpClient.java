/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * LangChain4j's view of the JDK's HTTP client, with what its own adapter lacks: a limit on the size of a response, one
 * deadline over the whole exchange, and an end at once when the thread is interrupted. Redirects are not followed: the
 * key belongs to the configured host. Thread-safe.
 */
final class BoundedHttpClient implements HttpClient {

    private static final int MAX_ERROR_BODY = 2_000;

    private final java.net.http.HttpClient client;
    private final Duration timeout;
    private final int maxResponseBytes;

    private BoundedHttpClient(Duration connectTimeout, Duration timeout, int maxResponseBytes) {
        this.client = java.net.http.HttpClient.newBuilder()
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
        this.timeout = timeout;
        this.maxResponseBytes = maxResponseBytes;
    }

    /** How LangChain4j's models want to be given a client. */
    static HttpClientBuilder builder(Duration timeout, int maxResponseBytes) {
        return new Builder(timeout, maxResponseBytes);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpResponse<byte[]> response = exchange(request);
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() < 200 || response.statusCode() >= 300) {
            throw new HttpException(
                    response.statusCode(), body.length() > MAX_ERROR_BODY ? body.substring(0, MAX_ERROR_BODY) : body);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(body)
                .build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedFeatureException("this provider does not stream");
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(plain(request), response -> new BoundedBody(maxResponseBytes));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            answer.cancel(true);
            throw new TimeoutException("no answer within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof java.net.http.HttpTimeoutException late) {
                throw new TimeoutException("no connection in time", late);
            }
            throw new UncheckedIOException(
                    e.getCause() instanceof IOException io ? io : new IOException("the exchange broke", e.getCause()));
        }
    }

    private java.net.http.HttpRequest plain(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(timeout);
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.method(
                        request.method().name(),
                        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()))
                .build();
    }

    /** LangChain4j sets its timeouts through this; ours are fixed by the configuration. */
    private static final class Builder implements HttpClientBuilder {

        private final int maxResponseBytes;
        private Duration connectTimeout;
        private Duration timeout;

        Builder(Duration timeout, int maxResponseBytes) {
            this.timeout = timeout;
            this.connectTimeout = timeout;
            this.maxResponseBytes = maxResponseBytes;
        }

        @Override
        public Duration connectTimeout() {
            return connectTimeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration wanted) {
            connectTimeout = wanted;
            return this;
        }

        @Override
        public Duration readTimeout() {
            return timeout;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration wanted) {
            timeout = wanted;
            return this;
        }

        @Override
        public HttpClient build() {
            return new BoundedHttpClient(connectTimeout, timeout, maxResponseBytes);
        }
    }
}
