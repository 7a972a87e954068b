/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.proofs.receipt.internal.format.Json;

/**
 * An entry with its body read. Bodies may grow: what is not there is left out of the receipt.
 *
 * @param source the entry
 * @param body its body
 */
record RunEntry(JournalEntry source, Map<String, Object> body) {

    static RunEntry of(JournalEntry source) {
        return new RunEntry(source, Json.object(source.body()));
    }

    String type() {
        return source.type();
    }

    String seq() {
        return Long.toString(source.seq());
    }

    Optional<String> text(String name) {
        return body.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Copies the texts that there are. */
    void copyTo(Map<String, Object> target, String... names) {
        for (String name : names) {
            text(name).ifPresent(text -> target.put(name, text));
        }
    }

    /** The bundle that did what the entry says. */
    Optional<Map<String, Object>> bundle() {
        return bundle(body.get("bundle"));
    }

    /** A bundle by name, version and digest. */
    static Optional<Map<String, Object>> bundle(Object value) {
        if (!(value instanceof Map<?, ?> map)
                || !(map.get("symbolicName") instanceof String name)
                || !(map.get("version") instanceof String version)) {
            return Optional.empty();
        }
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("symbolicName", name);
        bundle.put("version", version);
        bundle.put("sha256", map.get("sha256") instanceof String sha256 ? sha256 : BundleRef.UNKNOWN_DIGEST);
        return Optional.of(bundle);
    }
}
