/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.market.Permission;
import org.osgi.framework.Version;

/**
 * Reads a catalogue and believes nothing of it: whatever is not exactly as it should be makes the whole catalogue
 * invalid, because an index that is wrong in one place is not to be trusted in another.
 */
final class CatalogueReader {

    static final String SCHEMA = "urn:openmcpchain:schema:2026-11-20:catalogue";

    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_PERMISSIONS = 64;
    private static final int MAX_TEXT = 1024;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z0-9_-]+)+");
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(\\.[A-Za-z0-9_-]{1,64})?");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final ObjectMapper json = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Error: {@code MARKET_INDEX_INVALID}. */
    Catalogue read(byte[] bytes) {
        JsonNode root;
        try {
            root = json.readTree(bytes);
        } catch (IOException e) {
            throw HostException.caused(e, MarketError.MARKET_INDEX_INVALID, "detail", "the catalogue is not JSON");
        }
        if (!SCHEMA.equals(root.path("schema").textValue())) {
            throw invalid("the catalogue is not of the schema " + SCHEMA);
        }
        JsonNode list = root.path("entries");
        if (!list.isArray() || list.size() > MAX_ENTRIES) {
            throw invalid("entries is not a list of at most " + MAX_ENTRIES);
        }
        List<Entry> entries = new ArrayList<>(list.size());
        Set<String> seen = new HashSet<>();
        for (JsonNode node : list) {
            Entry entry = entry(node);
            if (!seen.add(entry.id() + "/" + entry.version())) {
                throw invalid(entry.id() + " is listed twice in version " + entry.version());
            }
            entries.add(entry);
        }
        return new Catalogue(text(root, "name"), whole(root, "sequence"), entries);
    }

    private static Entry entry(JsonNode node) {
        JsonNode artifact = node.path("artifact");
        return new Entry(
                matching(node, "id", ID),
                Version.parseVersion(matching(node, "version", VERSION)),
                matching(node, "kind", KIND),
                text(node, "title"),
                text(node, "summary"),
                text(node, "publisher"),
                text(node, "licence"),
                matching(artifact, "sha256", SHA256),
                whole(artifact, "size"),
                permissions(node.path("permissions")));
    }

    private static List<Permission> permissions(JsonNode list) {
        if (!list.isArray() || list.size() > MAX_PERMISSIONS) {
            throw invalid("permissions is not a list of at most " + MAX_PERMISSIONS);
        }
        List<Permission> permissions = new ArrayList<>();
        for (JsonNode node : list) {
            Map<String, String> attributes = new TreeMap<>();
            JsonNode object = node.path("attributes");
            object.fieldNames().forEachRemaining(name -> attributes.put(name, text(object, name)));
            permissions.add(new Permission(text(node, "kind"), attributes));
        }
        return permissions;
    }

    private static String matching(JsonNode node, String field, Pattern pattern) {
        String text = text(node, field);
        if (!pattern.matcher(text).matches()) {
            throw invalid(field + " has a value that is not allowed");
        }
        return text;
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).textValue();
        if (text == null || text.isEmpty() || text.length() > MAX_TEXT) {
            throw invalid(field + " is not a text of 1 to " + MAX_TEXT + " characters");
        }
        return text;
    }

    private static long whole(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
            throw invalid(field + " is not a positive whole number");
        }
        return value.longValue();
    }

    private static HostException invalid(String detail) {
        return HostException.of(MarketError.MARKET_INDEX_INVALID, "detail", detail);
    }
}
