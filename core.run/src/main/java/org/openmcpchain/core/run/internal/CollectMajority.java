/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.run.Collected;

/**
 * Waits until more than half of all runs agree on one value. Numbers are the same when they are equal, {@code 1.0} and
 * {@code 1}; the order of members does not matter; texts are compared as they stand.
 */
final class CollectMajority implements CollectTally {

    private final int all;
    private final JsonPointer pointer;
    private final Map<String, Integer> votes = new HashMap<>();
    private int most;
    private String leader;

    CollectMajority(int all, JsonPointer pointer) {
        this.all = all;
        this.pointer = pointer;
    }

    @Override
    public void count(Collected.Part part) {
        CollectTally.valueOf(part, pointer).ifPresent(value -> {
            int count = votes.merge(Digests.sha256(normal(value)), 1, Integer::sum);
            if (count > most) {
                most = count;
                leader = value.toString();
            }
        });
    }

    @Override
    public boolean isComplete(int open) {
        return most > all / 2;
    }

    @Override
    public boolean isDecided(int open) {
        return isComplete(open) || most + open <= all / 2;
    }

    @Override
    public Optional<String> value() {
        return isComplete(0) ? Optional.of(leader) : Optional.empty();
    }

    /** The same text for the same value. */
    private static String normal(JsonNode value) {
        if (value.isNumber()) {
            return JsonText.decimal(value)
                    .map(number -> number.stripTrailingZeros().toPlainString())
                    .orElseGet(value::toString);
        }
        if (value.isArray()) {
            StringBuilder text = new StringBuilder("[");
            value.forEach(element -> text.append(normal(element)).append(','));
            return text.append(']').toString();
        }
        if (value.isObject()) {
            Map<String, String> members = new TreeMap<>();
            Iterator<Map.Entry<String, JsonNode>> fields = value.fields();
            fields.forEachRemaining(field -> members.put(field.getKey(), normal(field.getValue())));
            StringBuilder text = new StringBuilder("{");
            members.forEach((name, member) -> text.append(name.length())
                    .append('"')
                    .append(name)
                    .append('"')
                    .append(member)
                    .append(','));
            return text.append('}').toString();
        }
        return value.toString();
    }
}
