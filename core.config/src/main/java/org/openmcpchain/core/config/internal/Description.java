/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * What a bundle says of one of its PIDs.
 *
 * @param pid the PID, or the factory PID
 * @param factory whether there can be several of it
 * @param attributes its keys
 */
record Description(String pid, boolean factory, Map<String, Attribute> attributes) {

    /**
     * One key.
     *
     * @param definition what the bundle declares: type, cardinality, default, bounds, options
     * @param required whether it must have a value
     */
    record Attribute(AttributeDefinition definition, boolean required) {

        String key() {
            return definition.getID();
        }

        /** Whether its value is never shown. */
        boolean isSecret() {
            return definition.getType() == AttributeDefinition.PASSWORD || Description.isSecretName(key());
        }

        Optional<List<String>> defaults() {
            String[] values = definition.getDefaultValue();
            return values == null || values.length == 0 ? Optional.empty() : Optional.of(List.of(values));
        }
    }

    static Description of(String pid, boolean factory, List<Attribute> attributes) {
        Map<String, Attribute> byKey = new LinkedHashMap<>();
        attributes.forEach(attribute -> byKey.put(attribute.key(), attribute));
        return new Description(pid, factory, byKey);
    }

    /** Keys that begin like this are secrets by the house rule, and hidden by Declarative Services' own. */
    static boolean isSecretName(String key) {
        return key.startsWith("_") || key.startsWith(".");
    }
}
