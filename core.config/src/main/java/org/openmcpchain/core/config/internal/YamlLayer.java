/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.List;
import org.openmcpchain.config.ConfiguredPid.Source;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads {@code openmcp.yaml}. A value is the text that stands in the file: YAML's own idea of types ({@code no}, {@code
 * 0755}, {@code 1:30}) is not asked, because the bundle that owns the key declares its type.
 */
final class YamlLayer {

    private final String name;
    private final Layers.Builder layers;

    YamlLayer(String name, Layers.Builder layers) {
        this.name = name;
        this.layers = layers;
    }

    void read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(8);
        options.setMaxAliasesForCollections(16);
        try {
            Node root = new Yaml(options).compose(new java.io.StringReader(text));
            if (root != null && !isNothing(root)) {
                pids(root);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            layers.problem(Problem.unreadable(name + ":" + line, "is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            layers.problem(Problem.unreadable(name, "is not YAML within the limits"));
        }
    }

    private void pids(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            layers.problem(Problem.unreadable(place(root), "must be a map from PID to keys"));
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String pid = scalar(tuple.getKeyNode());
            if (pid == null) {
                layers.problem(Problem.unreadable(place(tuple.getKeyNode()), "a PID must be a plain text"));
            } else if (isNothing(tuple.getValueNode())) {
                layers.mention(pid);
            } else if (tuple.getValueNode() instanceof MappingNode keys) {
                layers.mention(pid);
                keys.getValue().forEach(key -> key(pid, key));
            } else {
                layers.problem(
                        Problem.invalid(pid, "", "", "must be a map from key to value", place(tuple.getValueNode())));
            }
        }
    }

    private void key(String pid, NodeTuple tuple) {
        String key = scalar(tuple.getKeyNode());
        Node value = tuple.getValueNode();
        if (key == null) {
            layers.problem(Problem.invalid(pid, "", "", "a key must be a plain text", place(tuple.getKeyNode())));
        } else if (isNothing(value)) {
            layers.problem(Problem.invalid(pid, key, "", "has no value; leave the key out instead", place(value)));
        } else if (value instanceof ScalarNode scalar) {
            layers.set(pid, key, Given.plain(scalar.getValue(), Source.FILE, place(value)));
        } else if (value instanceof SequenceNode list
                && list.getValue().stream().noneMatch(this::isNoItem)) {
            List<String> items = list.getValue().stream().map(YamlLayer::scalar).toList();
            layers.set(pid, key, new Given(items, true, Source.FILE, place(value)));
        } else {
            layers.problem(Problem.invalid(pid, key, "", "must be a value or a list of values", place(value)));
        }
    }

    private boolean isNoItem(Node item) {
        return scalar(item) == null || isNothing(item);
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    private String place(Node node) {
        return name + ":" + (node.getStartMark().getLine() + 1);
    }
}
