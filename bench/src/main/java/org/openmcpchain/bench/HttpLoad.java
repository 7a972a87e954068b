/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Closed-loop load over kept-alive connections, as lean as a client can be: prepared bytes out, just enough read back. */
final class HttpLoad {

    private final URI url;
    private final String method;
    private final String key;
    private final String body;
    private final int expectedStatus;

    /** @param body null for none; {@code {connection}} in it becomes the number of the connection */
    HttpLoad(String method, String url, String key, String body, int expectedStatus) {
        this.method = method;
        this.url = URI.create(url);
        this.key = key;
        this.body = body;
        this.expectedStatus = expectedStatus;
    }

    private byte[] request(int connection) {
        byte[] content = body == null
                ? new byte[0]
                : body.replace("{connection}", Integer.toString(connection)).getBytes(StandardCharsets.UTF_8);
        String head = method + " " + url.getRawPath() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + (key == null ? "" : "Authorization: Bearer " + key + "\r\n")
                + (body == null ? "" : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        byte[] prefix = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[prefix.length + content.length];
        System.arraycopy(prefix, 0, request, 0, prefix.length);
        System.arraycopy(content, 0, request, prefix.length, content.length);
        return request;
    }

    /** What a load brought. */
    record Result(double perSecond, double p50Micros, double p95Micros, double p99Micros) {}

    /** Runs the load for some seconds on some connections. */
    Result run(int connections, double seconds) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Exception> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(connections);
        List<Samples> all = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            byte[] request = request(i);
            Samples samples = new Samples();
            all.add(samples);
            Thread thread = new Thread(() -> drive(request, stop, samples, failure, done), "bench-client-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        Thread.sleep((long) (seconds * 1000));
        stop.set(true);
        done.await();
        double taken = (System.nanoTime() - begun) / 1e9;
        if (failure.get() != null) {
            throw failure.get();
        }
        Samples merged = new Samples();
        all.forEach(merged::addAll);
        return new Result(merged.count() / taken, merged.percentile(50), merged.percentile(95), merged.percentile(99));
    }

    private void drive(
            byte[] request,
            AtomicBoolean stop,
            Samples samples,
            AtomicReference<Exception> failure,
            CountDownLatch done) {
        try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            while (!stop.get()) {
                long begun = System.nanoTime();
                out.write(request);
                int status = read(in);
                samples.add((System.nanoTime() - begun) / 1e3);
                if (status != expectedStatus) {
                    throw new IOException(url + " answered " + status);
                }
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
            stop.set(true);
        } finally {
            done.countDown();
        }
    }

    private static int read(InputStream in) throws IOException {
        String line = line(in);
        int status = Integer.parseInt(line.substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).trim());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        if (!chunked) {
            in.skipNBytes(length);
            return status;
        }
        int size;
        do {
            size = Integer.parseInt(line(in).trim(), 16);
            in.skipNBytes(size);
            line(in);
        } while (size > 0);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder(64);
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                text.append((char) c);
            }
            c = in.read();
        }
        return text.toString();
    }
}
