/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What authors and the publisher declare: {@code index.json} and, for each tool, its record and its releases. */
record Records(String name, long sequence, List<Release> releases) {

    /** One version with the record of its tool. */
    record Release(JsonNode tool, JsonNode release) {

        String id() {
            return tool.get("id").textValue();
        }

        String version() {
            return release.get("version").textValue();
        }
    }

    static Records read(Path folder, Schemas schemas) {
        JsonNode index = schemas.read(folder.resolve("index.json"), "index");
        List<Release> releases = new ArrayList<>();
        for (Path tool : children(folder.resolve("tools"))) {
            releases.addAll(tool(tool, schemas));
        }
        return new Records(index.get("name").textValue(), index.get("sequence").longValue(), List.copyOf(releases));
    }

    private static List<Release> tool(Path folder, Schemas schemas) {
        Path toolFile = folder.resolve("tool.json");
        JsonNode tool = schemas.read(toolFile, "tool");
        requireSame(tool.get("id"), folder.getFileName().toString(), toolFile);
        List<Release> releases = new ArrayList<>();
        for (Path file : children(folder.resolve("releases"))) {
            JsonNode release = schemas.read(file, "release");
            requireSame(release.get("id"), tool.get("id").textValue(), file);
            requireSame(release.get("version"), file.getFileName().toString().replaceFirst("\\.json$", ""), file);
            releases.add(new Release(tool, release));
        }
        return releases;
    }

    private static void requireSame(JsonNode value, String expected, Path file) {
        if (!expected.equals(value.textValue())) {
            throw new IndexException(
                    file + " says \"" + value.textValue() + "\" where its place says \"" + expected + "\"");
        }
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IndexException(folder + " cannot be read", e);
        }
    }
}
