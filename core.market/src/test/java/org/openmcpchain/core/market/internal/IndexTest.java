/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.proof.Digests;

class IndexTest {

    private static final byte[] JAR = "a jar, more or less".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = Digests.sha256(JAR);

    @TempDir
    Path folder;

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private ExecutorService threads;
    private HttpServer server;
    private Index index;

    private interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void aServer() throws IOException {
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            replies.getOrDefault(path, status(404)).to(exchange);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        stopping.countDown();
        if (index != null) {
            index.close();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void asksAgainOnlyWhenTheCatalogueIsOldAndReadsItOnlyWhenItHasChanged() {
        String text = catalogue("1.0.0");
        replies.put("/market/catalogue.json", tagged(text, "\"one\""));
        index = index(0);

        Catalogue first = index.catalogue();
        assertThat(index.catalogue()).isSameAs(first);
        assertThat(requests).hasSize(2);
        replies.put("/market/catalogue.json", tagged(catalogue("2.0.0"), "\"two\""));
        assertThat(index.catalogue()
                        .find("org.example.tool", Optional.empty())
                        .orElseThrow()
                        .version())
                .hasToString("2.0.0");

        index.close();
        requests.clear();
        index = index(60_000);
        assertThat(index.catalogue()).isSameAs(index.catalogue());
        assertThat(requests).hasSize(1);
    }

    @Test
    void downloadsByDigest() throws IOException {
        replies.put("/market/blobs/sha256/" + SHA256.substring(0, 2) + "/" + SHA256, body(JAR));
        index = index(0);

        index.download(entry(JAR.length, SHA256), folder.resolve("jar"));

        assertThat(folder.resolve("jar")).hasBinaryContent(JAR);
    }

    @Test
    void readsNoByteMoreThanIsListed() {
        replies.put("/market/blobs/sha256/" + SHA256.substring(0, 2) + "/" + SHA256, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[64 * 1024];
            try {
                for (int i = 0; i < 1_000; i++) {
                    exchange.getResponseBody().write(chunk);
                }
            } catch (IOException e) {
                return; // the client has hung up, as it should
            }
        });
        index = index(0);

        assertThat(refused(() -> index.download(entry(JAR.length, SHA256), folder.resolve("jar")))
                        .code())
                .isEqualTo(MarketError.ARTIFACT_SIZE_MISMATCH);
        assertThat(folder.resolve("jar").toFile().length()).isLessThanOrEqualTo(JAR.length);
    }

    @Test
    void refusesAnotherDigestAndAMissingBlob() {
        index = index(0);
        assertThat(refused(() -> index.download(entry(JAR.length, SHA256), folder.resolve("jar")))
                        .code())
                .isEqualTo(MarketError.MARKET_INDEX_INVALID);
        byte[] other = JAR.clone();
        other[0] ^= 1;
        replies.put("/market/blobs/sha256/" + SHA256.substring(0, 2) + "/" + SHA256, body(other));
        assertThat(refused(() -> index.download(entry(JAR.length, SHA256), folder.resolve("jar")))
                        .code())
                .isEqualTo(MarketError.ARTIFACT_DIGEST_MISMATCH);
    }

    @Test
    void refusesAListingThatIsTooLargeForThisHost() {
        index = index(0);

        assertThat(refused(() -> index.download(entry(2_000_000, SHA256), folder.resolve("jar")))
                        .code())
                .isEqualTo(MarketError.ARTIFACT_INVALID);
        assertThat(requests).isEmpty();
    }

    @Test
    void anUnreachableIndexIsNotAnEmptyOne() {
        replies.put(
                "/market/catalogue.json", body(SampleIndex.catalogue(List.of()).getBytes(StandardCharsets.UTF_8)));
        index = index(0);
        assertThat(index.catalogue().entries()).isEmpty();

        replies.put("/market/catalogue.json", status(500));
        assertThat(refused(index::catalogue).parameters().get("detail")).contains("status 500");
        replies.remove("/market/catalogue.json");
        assertThat(refused(index::catalogue).parameters().get("detail")).contains("no catalogue");
        server.stop(0);
        assertThat(refused(index::catalogue).code()).isEqualTo(MarketError.MARKET_UNREACHABLE);
    }

    @Test
    void givesUpOnAServerThatNeverEnds() {
        replies.put("/market/catalogue.json", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                stopping.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        index = index(0);

        assertThat(refused(index::catalogue).parameters().get("detail")).contains("in time");
    }

    @Test
    void refusesACatalogueThatIsTooLarge() {
        replies.put("/market/catalogue.json", body(new byte[1024 * 1024 + 1]));
        index = index(0);

        assertThat(refused(index::catalogue).code()).isEqualTo(MarketError.MARKET_INDEX_INVALID);
    }

    @Test
    void followsNoRedirectToAnotherScheme() {
        replies.put("/market/catalogue.json", redirect("file:///etc/passwd"));
        index = index(0);
        assertThat(refused(index::catalogue).code()).isEqualTo(MarketError.MARKET_UNREACHABLE);

        replies.put("/market/catalogue.json", redirect("/elsewhere.json"));
        replies.put("/elsewhere.json", tagged(catalogue("1.0.0"), "\"one\""));
        assertThat(index.catalogue().entries()).hasSize(1);
    }

    @Test
    void readsAFolderAgainWhenItHasChanged() throws IOException {
        SampleIndex site = new SampleIndex(Files.createDirectories(folder.resolve("with space")));
        index = new Index(SampleIndex.settings("file:" + site.folder(), 0));
        assertThat(index.catalogue().entries()).isEmpty();
        assertThat(index.catalogue()).isSameAs(index.catalogue());

        site.list("org.example.tool", JAR);
        assertThat(index.catalogue().entries()).hasSize(1);
        index.download(index.catalogue().entries().get(0), folder.resolve("jar"));
        assertThat(folder.resolve("jar")).hasBinaryContent(JAR);

        Files.delete(site.folder().resolve("catalogue.json"));
        assertThat(refused(index::catalogue).code()).isEqualTo(MarketError.MARKET_UNREACHABLE);
    }

    @Test
    void aFolderThatIsNotThereIsUnreachable() {
        index = new Index(SampleIndex.settings(folder.resolve("gone").toUri().toString(), 0));

        HostException refused = refused(index::catalogue);
        assertThat(refused.code()).isEqualTo(MarketError.MARKET_UNREACHABLE);
        assertThat(refused.parameters().toString()).doesNotContain(folder.toString());
    }

    @Test
    void followsNoLinkOutOfTheFolder() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), catalogue("1.0.0"));
        Path site = Files.createDirectories(folder.resolve("site"));
        Files.createSymbolicLink(site.resolve("catalogue.json"), secret);
        index = new Index(SampleIndex.settings(site.toUri().toString(), 0));

        assertThat(refused(index::catalogue).code()).isEqualTo(MarketError.MARKET_UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://127.0.0.1/", "http:///x", "http://user:pass@127.0.0.1/", "market"})
    void refusesAnAddressThatItCannotRead(String url) {
        assertThatThrownBy(() -> new Index(SampleIndex.settings(url, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    private Index index(int maxAgeMillis) {
        return new Index(
                SampleIndex.settings("http://127.0.0.1:" + server.getAddress().getPort() + "/market", maxAgeMillis));
    }

    private static HostException refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        HostException refused = catchThrowableOfType(HostException.class, call);
        assertThat(refused).isNotNull();
        return refused;
    }

    private static Entry entry(long size, String sha256) {
        String text = SampleIndex.entry("org.example.tool", "1.0.0", sha256, size, "[]");
        return new CatalogueReader()
                .read(SampleIndex.catalogue(List.of(text)).getBytes(StandardCharsets.UTF_8))
                .entries()
                .get(0);
    }

    private static String catalogue(String version) {
        return SampleIndex.catalogue(List.of(SampleIndex.entry("org.example.tool", version, SHA256, 5, "[]")));
    }

    private static Reply tagged(String text, String tag) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                body(text.getBytes(StandardCharsets.UTF_8)).to(exchange);
            }
        };
    }

    private static Reply body(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Reply redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    private static Reply status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }
}
