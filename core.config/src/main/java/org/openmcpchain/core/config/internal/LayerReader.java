/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.openmcpchain.config.ConfiguredPid.Source;

/** Reads the layers from a directory and from the environment. */
final class LayerReader {

    private static final String YAML = "openmcp.yaml";
    private static final String JSON = "openmcp.json";
    private static final String ENV = "openmcp.env";
    private static final long MAX_BYTES = 1 << 20;

    private final Path directory;
    private final Supplier<Map<String, String>> environment;

    LayerReader(Path directory, Supplier<Map<String, String>> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    Layers read() {
        Layers.Builder layers = new Layers.Builder();
        if (Files.exists(directory.resolve(YAML)) && Files.exists(directory.resolve(JSON))) {
            layers.problem(Problem.unreadable(JSON, "stands beside " + YAML + "; keep one of the two"));
            return layers.build();
        }
        text(YAML, layers).ifPresent(text -> new YamlLayer(YAML, layers).read(text));
        text(JSON, layers).ifPresent(text -> new JsonLayer(JSON, layers).read(text));
        text(ENV, layers).ifPresent(text -> new EnvFileLayer(ENV, layers).read(text));
        environment.get().forEach((name, value) -> {
            if (name.startsWith(Layers.Variable.PREFIX)) {
                layers.variable(name, Given.plain(value, Source.ENVIRONMENT, name));
            }
        });
        return layers.build();
    }

    private Optional<String> text(String name, Layers.Builder layers) {
        Path path = directory.resolve(name);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            if (Files.size(path) > MAX_BYTES) {
                layers.problem(Problem.unreadable(name, "is larger than 1 MiB"));
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            layers.problem(Problem.unreadable(name, "is not UTF-8"));
        } catch (IOException e) {
            layers.problem(Problem.unreadable(name, "cannot be opened"));
        }
        return Optional.empty();
    }
}
