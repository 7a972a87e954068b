/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmcpchain.core.config.internal.ConfigurationTarget.Change;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;

/**
 * A change as the gate and people are asked about it: the new values of the keys that change, with a mark in the place of each
 * secret. What is shown is bounded; what is hashed is all of it.
 */
final class AskedChange {

    /** The name under which keys stand that lose their value. No bundle declares such a key. */
    static final String REMOVED = "(removed)";
    /** The name under which it stands that not all keys are shown. */
    static final String MORE = "(more)";

    private static final int LONGEST_VALUE = 300;
    private static final int LONGEST_ARGUMENTS = 32 * 1024;

    private final Map<String, Object> values = new TreeMap<>();
    private final List<String> removed = new ArrayList<>();
    private final boolean staysConfigured;

    AskedChange(Change change, SecretMarks marks) {
        staysConfigured = change.after().isPresent();
        Map<String, Object> after = change.after().orElse(Map.of());
        for (String key : change.keys()) {
            Object value = after.get(key);
            if (value == null) {
                removed.add(key);
            } else {
                Object plain = plain(value);
                values.put(key, change.secrets().contains(key) ? marks.of(change.pid(), key, plain) : plain);
            }
        }
    }

    /** The new values, canonical JSON: a long one is cut and told by its hash. */
    String arguments() {
        Map<String, Object> shown = new TreeMap<>();
        List<String> gone = new ArrayList<>();
        int room = LONGEST_ARGUMENTS;
        int more = 0;
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            Object value = cut(entry.getValue());
            room -= entry.getKey().length() + value.toString().length();
            if (room > 0) {
                shown.put(entry.getKey(), value);
            } else {
                more++;
            }
        }
        for (String key : removed) {
            room -= key.length();
            if (room > 0) {
                gone.add(key);
            } else {
                more++;
            }
        }
        shown.put(REMOVED, gone.isEmpty() ? null : gone);
        shown.put(MORE, more == 0 ? null : "and " + more + " more keys");
        return CanonicalJson.of(shown);
    }

    /** SHA-256 of the whole change, lower-case hex. */
    String hash() {
        return Digests.sha256(
                CanonicalJson.of(Map.of("configured", staysConfigured, "values", values, "removed", removed)));
    }

    private static Object cut(Object value) {
        String text = value.toString();
        return text.length() <= LONGEST_VALUE
                ? value
                : text.substring(0, LONGEST_VALUE) + "… (" + text.length() + " characters, sha256 "
                        + Digests.sha256(text) + ")";
    }

    /** A value as the canonical form knows it. */
    private static Object plain(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        List<String> items = new ArrayList<>();
        if (value instanceof Collection<?> list) {
            list.forEach(item -> items.add(String.valueOf(item)));
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(String.valueOf(Array.get(value, i)));
            }
        } else {
            return value.toString();
        }
        return items;
    }
}
