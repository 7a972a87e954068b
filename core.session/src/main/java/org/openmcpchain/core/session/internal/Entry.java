/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;

/** Reads what this bundle has written: bodies of entries and documents, in which numbers are strings. */
final class Entry {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode node;

    private Entry(JsonNode node) {
        this.node = node;
    }

    /** Error: {@code JOURNAL_BROKEN}. */
    static Entry of(String body) {
        try {
            return new Entry(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw broken("not JSON");
        }
    }

    private static HostException broken(String detail) {
        return HostException.of(JournalError.JOURNAL_BROKEN, "detail", "a record of a session: " + detail);
    }

    String text(String field) {
        return optional(field).orElseThrow(() -> broken("the field " + field + " is missing"));
    }

    Optional<String> optional(String field) {
        JsonNode value = node.get(field);
        return value == null || !value.isTextual() ? Optional.empty() : Optional.of(value.textValue());
    }

    long number(String field) {
        return parse(text(field));
    }

    long number(String field, long otherwise) {
        return optional(field).map(Entry::parse).orElse(otherwise);
    }

    int size(String field) {
        return Math.toIntExact(number(field));
    }

    private static long parse(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw broken("not a whole number");
        }
    }

    <T extends Enum<T>> T word(Class<T> type, String field) {
        try {
            return Enum.valueOf(type, text(field));
        } catch (IllegalArgumentException e) {
            throw broken("the field " + field + " has an unknown value");
        }
    }

    List<Long> numbers(String field) {
        return texts(field).stream().map(Entry::parse).toList();
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }

    List<Entry> list(String field) {
        List<Entry> items = new ArrayList<>();
        node.path(field).forEach(item -> items.add(new Entry(item)));
        return List.copyOf(items);
    }

    Optional<Entry> part(String field) {
        return Optional.ofNullable(node.get(field)).map(Entry::new);
    }
}
