/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmcpchain.proof.Digests;

/** An index in a folder, whose publisher may lie. */
final class SampleIndex {

    static final String ROUTER = "[{\"kind\":\"contract\",\"attributes\":{\"contract\":\"uniswap-v2.router\"}}]";

    private final Path folder;
    private final Map<String, String> entries = new TreeMap<>();
    private final Map<String, Path> blobs = new LinkedHashMap<>();

    SampleIndex(Path folder) {
        this.folder = folder;
        publish();
    }

    Path folder() {
        return folder;
    }

    /** Lists a jar as what it is. */
    SampleIndex list(String id, byte[] jar) {
        return list(id, "1.0.0", jar, "[]");
    }

    SampleIndex list(String id, String version, byte[] jar, String permissions) {
        String sha256 = Digests.sha256(jar);
        entries.put(id + "/" + version, entry(id, version, sha256, jar.length, permissions));
        blobs.put(id + "/" + version, write("blobs/sha256/" + sha256.substring(0, 2) + "/" + sha256, jar));
        publish();
        return this;
    }

    /** Changes what stands where a listed jar should. */
    SampleIndex replaceBlob(String key, byte[] content) {
        try {
            Files.write(blobs.get(key), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Path blob(String key) {
        return blobs.get(key);
    }

    static String entry(String id, String version, String sha256, long size, String permissions) {
        return "{\"id\":\"" + id + "\",\"version\":\"" + version + "\",\"kind\":\"tool\",\"title\":\"A sample\","
                + "\"summary\":\"Says hello.\",\"publisher\":\"Example\",\"licence\":\"MIT\",\"artifact\":{"
                + "\"mediaType\":\"application/vnd.osgi.bundle\",\"sha256\":\"" + sha256 + "\",\"size\":" + size
                + "},\"permissions\":" + permissions + "}";
    }

    static String catalogue(List<String> entries) {
        return "{\"schema\":\"" + CatalogueReader.SCHEMA + "\",\"name\":\"sample\",\"sequence\":1,\"entries\":["
                + String.join(",", entries) + "]}";
    }

    IndexSettings settings() {
        return settings(folder.toUri().toString(), 0);
    }

    static IndexSettings settings(String url, int maxAgeMillis) {
        return settings(url, maxAgeMillis, 1024 * 1024, 1024 * 1024);
    }

    static IndexSettings settings(String url, int maxAgeMillis, int maxCatalogueBytes, long maxArtifactBytes) {
        return new IndexSettings() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return IndexSettings.class;
            }

            @Override
            public String url() {
                return url;
            }

            @Override
            public int maxCatalogueBytes() {
                return maxCatalogueBytes;
            }

            @Override
            public long maxArtifactBytes() {
                return maxArtifactBytes;
            }

            @Override
            public int connectTimeoutMillis() {
                return 2_000;
            }

            @Override
            public int timeoutMillis() {
                return 2_000;
            }

            @Override
            public int maxAgeMillis() {
                return maxAgeMillis;
            }
        };
    }

    private void publish() {
        write("catalogue.json", catalogue(new ArrayList<>(entries.values())).getBytes());
    }

    private Path write(String path, byte[] content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
