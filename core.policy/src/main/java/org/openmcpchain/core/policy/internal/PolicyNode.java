/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A place in a policy's text, with its line and its path, where problems are reported. Values are the text that stands there:
 * YAML's own idea of types ({@code no}, {@code 0755}) is not asked.
 */
final class PolicyNode {

    private final Node node;
    private final String path;
    private final PolicyProblems problems;

    PolicyNode(Node node, String path, PolicyProblems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** Where it stands, for people. */
    void problem(String what) {
        problems.add(node.getStartMark().getLine() + 1, path, what);
    }

    /** The fields of a map; whatever is not known, or is there twice, is a problem. */
    Map<String, PolicyNode> fields(Set<String> known) {
        Map<String, PolicyNode> fields = new LinkedHashMap<>();
        named().forEach((name, value) -> {
            if (known.contains(name)) {
                fields.put(name, value);
            } else {
                value.problem("is not known; known here are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
        return fields;
    }

    /** The fields of a map with names of any kind. */
    Map<String, PolicyNode> named() {
        Map<String, PolicyNode> fields = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem("must be a map");
            return fields;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem("has a name that is no text");
                continue;
            }
            String name = key.getValue();
            PolicyNode value =
                    new PolicyNode(tuple.getValueNode(), path.isEmpty() ? name : path + "." + name, problems);
            if (fields.putIfAbsent(name, value) != null) {
                value.problem("is there twice");
            }
        }
        return fields;
    }

    /** The items of a list; a single value counts as a list of one when {@code orOne}. */
    List<PolicyNode> items(boolean orOne) {
        if (node instanceof SequenceNode sequence) {
            List<PolicyNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(new PolicyNode(item, path + "[" + items.size() + "]", problems));
            }
            return items;
        }
        if (orOne && node instanceof ScalarNode) {
            return List.of(this);
        }
        problem("must be a list");
        return List.of();
    }

    /** The text, or empty (and a problem) when it is none or longer than that. */
    Optional<String> text(int most) {
        if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
            problem("must be a text");
            return Optional.empty();
        }
        if (scalar.getValue().length() > most) {
            problem("is longer than " + most + " characters");
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }

    /** One of these words, without regard to case. */
    <E extends Enum<E>> Optional<E> word(Class<E> words, Set<E> allowed) {
        Optional<String> text = text(64);
        for (E word : allowed) {
            if (text.isPresent() && word.name().equals(text.get().toUpperCase(Locale.ROOT))) {
                return Optional.of(word);
            }
        }
        if (text.isPresent()) {
            problem("must be one of "
                    + String.join(
                            ", ", allowed.stream().map(Enum::name).sorted().toList()));
        }
        return Optional.empty();
    }

    /** {@code true} or {@code false}. */
    Optional<Boolean> flag() {
        Optional<String> text = text(8);
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            problem("must be true or false");
            return Optional.empty();
        }
        return text.map(Boolean::valueOf);
    }
}
