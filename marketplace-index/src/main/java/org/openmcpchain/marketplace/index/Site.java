/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/** The catalogue as it is published. */
final class Site {

    static final String CATALOGUE = "catalogue.json";
    static final String R5 = "r5/index.xml";

    private Site() {}

    /** Blobs are named by what they are, so that a path in the catalogue can lead nowhere else. */
    static String blobPath(String sha256) {
        return "blobs/sha256/" + sha256.substring(0, 2) + "/" + sha256;
    }

    static String catalogue(Records records, List<Entry> entries, byte[] r5, Schemas schemas) {
        ObjectNode catalogue = object();
        catalogue.put("schema", Schemas.id("catalogue"));
        catalogue.put("name", records.name());
        catalogue.put("sequence", records.sequence());
        catalogue
                .putObject("r5")
                .put("path", R5)
                .put("sha256", Digests.sha256(r5))
                .put("size", r5.length);
        ArrayNode list = catalogue.putArray("entries");
        entries.forEach(entry -> list.add(entry(entry)));
        schemas.check(catalogue, "catalogue", "the generated catalogue");
        return CanonicalJson.of(catalogue.toString());
    }

    /** A release with the jar that it is about. */
    record Entry(Records.Release release, JarFacts jar) {}

    private static ObjectNode entry(Entry entry) {
        JsonNode tool = entry.release().tool();
        JarFacts jar = entry.jar();
        ObjectNode node = object();
        for (String field : List.of("id", "kind", "title", "summary", "publisher", "licence", "category")) {
            node.set(field, tool.get(field));
        }
        node.set("links", tool.has("links") ? tool.get("links") : object());
        node.put("version", jar.version());
        node.set("changes", entry.release().release().get("changes"));
        node.putObject("artifact")
                .put("mediaType", "application/vnd.osgi.bundle")
                .put("sha256", jar.sha256())
                .put("size", jar.size());
        ArrayNode permissions = node.putArray("permissions");
        jar.permissions().forEach(clause -> permissions.add(permission(clause, jar)));
        node.set("manifest", manifest(jar));
        return node;
    }

    private static ObjectNode permission(JarFacts.Clause clause, JarFacts jar) {
        String kind = clause.attributes().get("kind");
        if (kind == null) {
            throw new IndexException(jar.file().getFileName() + " asks for a permission without a kind");
        }
        ObjectNode attributes = strings(clause.attributes());
        attributes.remove("kind");
        ObjectNode permission = object();
        permission.put("kind", kind);
        permission.set("attributes", attributes);
        return permission;
    }

    private static ObjectNode manifest(JarFacts jar) {
        ObjectNode manifest = object();
        manifest.put("java", jar.java().orElse(null));
        manifest.set("fingerprint", strings(jar.fingerprint()));
        ArrayNode imports = manifest.putArray("imports");
        jar.imports().forEach(i -> imports.addObject()
                .put("package", i.name())
                .put("range", i.range())
                .put("optional", i.optional()));
        ArrayNode exports = manifest.putArray("exports");
        jar.exports().forEach(e -> exports.addObject().put("package", e.name()).put("version", e.version()));
        manifest.set("requires", clauses(jar.requires()));
        manifest.set("provides", clauses(jar.provides()));
        ArrayNode components = manifest.putArray("components");
        for (ComponentFacts component : jar.components()) {
            ObjectNode node = components.addObject();
            node.put("name", component.name()).put("implementation", component.implementation());
            node.set("services", strings(component.services()));
            node.set("references", strings(component.references()));
        }
        return manifest;
    }

    private static ArrayNode clauses(List<JarFacts.Clause> clauses) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JarFacts.Clause clause : clauses) {
            ObjectNode node = list.addObject().put("namespace", clause.namespace());
            node.set("attributes", strings(clause.attributes()));
            node.set("directives", strings(clause.directives()));
        }
        return list;
    }

    private static ArrayNode strings(Collection<String> values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return list;
    }

    private static ObjectNode strings(Map<String, String> values) {
        ObjectNode node = object();
        values.forEach(node::put);
        return node;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
