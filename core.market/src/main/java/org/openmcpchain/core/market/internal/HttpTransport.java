/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An index on a web server. A file has to be here, whole, within one deadline; nothing longer than asked for is read. */
final class HttpTransport implements Transport {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int THREADS = 2;

    private final URI base;
    private final Duration timeout;
    private final ExecutorService threads;
    private final HttpClient client;

    HttpTransport(URI base, Duration connectTimeout, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "market-index");
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .executor(threads)
                .build();
    }

    @Override
    public Reply fetch(String path, String tag, long limit, OutputStream sink) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(timeout);
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        CompletableFuture<HttpResponse<Boolean>> pending = client.sendAsync(
                request.build(),
                head -> head.statusCode() == OK
                        ? new Limited(sink, limit)
                        : HttpResponse.BodySubscribers.replacing(Boolean.FALSE));
        return reply(await(pending), tag);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Reply reply(HttpResponse<Boolean> response, String tag) throws IOException {
        if (!base.getScheme().equalsIgnoreCase(response.uri().getScheme())) {
            throw new IOException("the index redirects from " + base.getScheme() + " to another scheme");
        }
        return switch (response.statusCode()) {
            case OK -> new Reply(
                    response.body() ? Status.FETCHED : Status.TOO_LARGE,
                    response.headers().firstValue("ETag").orElse(""));
            case NOT_MODIFIED -> new Reply(Status.UNCHANGED, tag);
            case NOT_FOUND, GONE -> new Reply(Status.MISSING, "");
            default -> throw new IOException("the index answered with status " + response.statusCode());
        };
    }

    private <T> T await(CompletableFuture<T> pending) throws IOException {
        try {
            return pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the index did not answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException("the index cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            pending.cancel(true);
        }
    }

    /** Writes a body to a sink, up to a limit; says whether that was all. */
    private static final class Limited implements HttpResponse.BodySubscriber<Boolean> {

        private final OutputStream sink;
        private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
        private long left;
        private Flow.Subscription subscription;

        Limited(OutputStream sink, long limit) {
            this.sink = sink;
            this.left = limit;
        }

        @Override
        public CompletionStage<Boolean> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription granted) {
            subscription = granted;
            granted.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            try {
                for (ByteBuffer buffer : buffers) {
                    left -= buffer.remaining();
                    if (left < 0) {
                        subscription.cancel();
                        whole.complete(false);
                        return;
                    }
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    sink.write(bytes);
                }
                subscription.request(1);
            } catch (IOException e) {
                subscription.cancel();
                whole.completeExceptionally(e);
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(true);
        }
    }
}
