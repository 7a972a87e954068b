/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The index that this host is configured for. Thread-safe. */
@Component(
        name = Index.PID,
        configurationPid = Index.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = Index.class)
@Designate(ocd = IndexSettings.class)
public final class Index {

    static final String PID = "org.openmcpchain.core.market.Index";

    private static final Set<String> WEB = Set.of("http", "https");

    private final Transport transport;
    private final CatalogueReader reader = new CatalogueReader();
    private final int maxCatalogueBytes;
    private final long maxArtifactBytes;
    private final Duration maxAge;
    private Catalogue catalogue;
    private String tag = "";
    private long checkedAt;

    /** @throws IllegalArgumentException if the URL is not one of a folder that can be read */
    @Activate
    public Index(IndexSettings settings) {
        this.transport = transport(settings);
        this.maxCatalogueBytes = settings.maxCatalogueBytes();
        this.maxArtifactBytes = settings.maxArtifactBytes();
        this.maxAge = Duration.ofMillis(settings.maxAgeMillis());
    }

    @Deactivate
    void close() {
        transport.close();
    }

    /**
     * The catalogue, at most as old as the configuration allows.
     *
     * <p>Errors: {@code MARKET_UNREACHABLE} (also when an older catalogue is known: an index that is gone is not an index
     * that stands still), {@code MARKET_INDEX_INVALID}.
     */
    synchronized Catalogue catalogue() {
        if (catalogue != null && System.nanoTime() - checkedAt < maxAge.toNanos()) {
            return catalogue;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Transport.Reply reply = fetch("catalogue.json", catalogue == null ? "" : tag, maxCatalogueBytes, bytes);
        switch (reply.status()) {
            case MISSING -> throw HostException.of(
                    MarketError.MARKET_UNREACHABLE, "detail", "there is no catalogue at the address of the index");
            case TOO_LARGE -> throw HostException.of(
                    MarketError.MARKET_INDEX_INVALID, "detail", "the catalogue is larger than this host accepts");
            case FETCHED -> {
                catalogue = reader.read(bytes.toByteArray());
                tag = reply.tag();
            }
            case UNCHANGED -> {}
        }
        checkedAt = System.nanoTime();
        return catalogue;
    }

    /**
     * Downloads an artifact and proves that it is the one that is listed. What is in the file before that is not to be
     * used.
     *
     * <p>Errors: {@code MARKET_UNREACHABLE}, {@code MARKET_INDEX_INVALID}, {@code ARTIFACT_SIZE_MISMATCH},
     * {@code ARTIFACT_DIGEST_MISMATCH}, {@code ARTIFACT_INVALID}.
     */
    void download(Entry entry, Path file) throws IOException {
        if (entry.size() > maxArtifactBytes) {
            throw HostException.of(
                    MarketError.ARTIFACT_INVALID,
                    "id",
                    entry.id(),
                    "detail",
                    "it is larger than the " + maxArtifactBytes + " bytes that this host accepts");
        }
        MessageDigest digest = sha256();
        Transport.Reply reply;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            reply = fetch(entry.blobPath(), "", entry.size(), out);
        }
        if (reply.status() == Transport.Status.MISSING) {
            throw HostException.of(
                    MarketError.MARKET_INDEX_INVALID,
                    "id",
                    entry.id(),
                    "detail",
                    "the index lists an artifact that it does not hold");
        }
        if (reply.status() == Transport.Status.TOO_LARGE || Files.size(file) != entry.size()) {
            throw HostException.of(
                    MarketError.ARTIFACT_SIZE_MISMATCH,
                    "id",
                    entry.id(),
                    "version",
                    entry.version(),
                    "listed",
                    entry.size(),
                    "found",
                    reply.status() == Transport.Status.TOO_LARGE ? "more" : Files.size(file));
        }
        if (!MessageDigest.isEqual(digest.digest(), HexFormat.of().parseHex(entry.sha256()))) {
            throw HostException.of(
                    MarketError.ARTIFACT_DIGEST_MISMATCH,
                    "id",
                    entry.id(),
                    "version",
                    entry.version(),
                    "listed",
                    entry.sha256());
        }
    }

    private Transport.Reply fetch(String path, String knownTag, long limit, OutputStream sink) {
        try {
            return transport.fetch(path, knownTag, limit, sink);
        } catch (IOException e) {
            // The message of a file system's exception is a path of this machine.
            String detail = e instanceof FileSystemException ? "a file cannot be read or written" : e.getMessage();
            throw HostException.caused(e, MarketError.MARKET_UNREACHABLE, "detail", detail);
        }
    }

    private static Transport transport(IndexSettings settings) {
        // A distribution that was unpacked in a folder with a space in its name gives a URL with a space.
        String text = settings.url().trim().replace(" ", "%20");
        URI url = URI.create(text.endsWith("/") ? text : text + "/");
        if ("file".equals(url.getScheme())) {
            return new FileTransport(Path.of(URI.create("file:" + url.getRawPath())));
        }
        if (WEB.contains(String.valueOf(url.getScheme())) && url.getHost() != null && url.getUserInfo() == null) {
            return new HttpTransport(
                    url,
                    Duration.ofMillis(settings.connectTimeoutMillis()),
                    Duration.ofMillis(settings.timeoutMillis()));
        }
        throw new IllegalArgumentException(
                "url of " + PID + " must be a file:, https: or http: URL of a folder, without credentials");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
