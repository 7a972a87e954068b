/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A policy as canonical JSON, where every scalar is a text: two texts that differ in layout and comments have one digest. */
final class CanonicalPolicy {

    private CanonicalPolicy() {}

    /** Error: {@code JSON_NOT_CANONICAL}. */
    static String digest(Node root) {
        return Digests.sha256(CanonicalJson.of(Map.of("policy", value(root))));
    }

    private static Object value(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                map.put(String.valueOf(value(tuple.getKeyNode())), value(tuple.getValueNode()));
            }
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(value(item)));
            return list;
        }
        return ((ScalarNode) node).getValue();
    }
}
