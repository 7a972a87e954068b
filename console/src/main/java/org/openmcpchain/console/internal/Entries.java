/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.openmcpchain.journal.JournalEntry;

/** How an entry of the journal is printed: one line each, for people and for programs. */
final class Entries {

    private static final int LONGEST_VALUE = 160;

    private Entries() {}

    static void print(JournalEntry entry, Screen screen) {
        ObjectNode view = View.of(entry);
        screen.line(
                String.format("%4d  %s  %-20s  ", entry.seq(), entry.at(), entry.type())
                        + Plain.words(readable(view.get("body"))),
                view);
    }

    /** People follow what happens; hashes and the whole of a long text are for who asks for JSON. */
    private static ObjectNode readable(JsonNode body) {
        ObjectNode readable = Json.object();
        body.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isTextual() && value.asText().length() > LONGEST_VALUE) {
                readable.put(name, value.asText().substring(0, LONGEST_VALUE) + "...");
            } else if (!name.endsWith("Hash") && !name.endsWith("Digest")) {
                readable.set(name, value);
            }
        });
        return readable;
    }
}
