/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Grant;
import org.openmcpchain.market.Grants;
import org.openmcpchain.market.Permission;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * What is installed and granted, on disk before anyone can see it. It is the truth after a restart: a bundle that does
 * not stand here is taken out, one that stands here is put back. Thread-safe.
 */
@Component(
        name = LockFile.PID,
        service = {LockFile.class, Grants.class})
public final class LockFile implements Grants {

    static final String PID = "org.openmcpchain.core.market.LockFile";

    private static final String SCHEMA = "urn:openmcpchain:schema:2026-11-20:lock";

    private final Path file;
    private final ObjectMapper json = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private volatile Map<String, Locked> entries;

    @Activate
    public LockFile(BundleContext context) {
        this(MarketFolder.of(context).lockFile());
    }

    LockFile(Path file) {
        this.file = file;
        this.entries = load();
    }

    @Override
    public Optional<Grant> of(BundleRef bundle) {
        return find(bundle.symbolicName())
                .filter(entry -> !entry.removing())
                .filter(entry -> entry.bundle().sha256().equals(bundle.sha256()))
                .map(Locked::grant);
    }

    @Override
    public List<Grant> list() {
        return entries.values().stream()
                .filter(entry -> !entry.removing())
                .map(Locked::grant)
                .toList();
    }

    Optional<Locked> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Ordered by symbolic name. */
    List<Locked> entries() {
        return List.copyOf(entries.values());
    }

    synchronized void put(Locked entry) {
        Map<String, Locked> next = new TreeMap<>(entries);
        next.put(entry.id(), entry);
        save(next);
    }

    synchronized void remove(String id) {
        Map<String, Locked> next = new TreeMap<>(entries);
        next.remove(id);
        save(next);
    }

    private void save(Map<String, Locked> next) {
        List<Map<String, Object>> bundles = new ArrayList<>();
        next.values().forEach(entry -> bundles.add(toJson(entry)));
        try {
            MarketFolder.write(
                    file, json.writeValueAsString(new TreeMap<>(Map.of("schema", SCHEMA, "bundles", bundles))) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the lock file cannot be written", e);
        }
        entries = next;
    }

    private Map<String, Locked> load() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Map<String, Locked> loaded = new TreeMap<>();
        try {
            JsonNode root = json.readTree(Files.readAllBytes(file));
            if (!SCHEMA.equals(root.path("schema").textValue())) {
                throw new IOException("its schema is not " + SCHEMA);
            }
            for (JsonNode node : root.path("bundles")) {
                Locked entry = fromJson(node);
                loaded.put(entry.id(), entry);
            }
        } catch (IOException | RuntimeException e) {
            // Not "nothing is installed": that would take every tool out. Somebody has to look.
            throw new IllegalStateException("The lock file " + file + " cannot be read; repair it or restore it", e);
        }
        return loaded;
    }

    private static Map<String, Object> toJson(Locked entry) {
        Map<String, Object> node = new TreeMap<>();
        node.put("id", entry.id());
        node.put("version", entry.bundle().version());
        node.put("sha256", entry.bundle().sha256());
        node.put("size", entry.size());
        node.put("kind", entry.kind());
        node.put("installedBy", entry.installedBy());
        node.put("installedAt", entry.installedAt().toString());
        node.put("state", entry.removing() ? "removing" : "installed");
        List<Map<String, Object>> permissions = new ArrayList<>();
        for (Permission permission : entry.permissions()) {
            permissions.add(new TreeMap<>(Map.of("kind", permission.kind(), "attributes", permission.attributes())));
        }
        node.put("permissions", permissions);
        return node;
    }

    private static Locked fromJson(JsonNode node) {
        List<Permission> permissions = new ArrayList<>();
        for (JsonNode permission : node.required("permissions")) {
            Map<String, String> attributes = new LinkedHashMap<>();
            permission
                    .required("attributes")
                    .fields()
                    .forEachRemaining(field ->
                            attributes.put(field.getKey(), field.getValue().textValue()));
            permissions.add(new Permission(permission.required("kind").textValue(), attributes));
        }
        return new Locked(
                new BundleRef(
                        node.required("id").textValue(),
                        node.required("version").textValue(),
                        node.required("sha256").textValue()),
                node.required("kind").textValue(),
                node.required("size").longValue(),
                permissions,
                node.required("installedBy").textValue(),
                Instant.parse(node.required("installedAt").textValue()),
                "removing".equals(node.required("state").textValue()));
    }
}
