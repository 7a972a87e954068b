/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A list of things.
 *
 * @param items the things, as JSON
 * @param columns what people see of each
 * @param empty what people read when there is nothing
 */
record Rows(List<ObjectNode> items, List<Column> columns, String empty) {

    /**
     * What people see of a thing.
     *
     * @param title the head of the column
     * @param cell what stands in it
     */
    record Column(String title, Function<ObjectNode, String> cell) {

        /** A field, as a JSON pointer without its first slash. */
        static Column of(String field) {
            return new Column(
                    Plain.title(field.substring(field.lastIndexOf('/') + 1)),
                    item -> Plain.words(item.at("/" + field)));
        }

        int longest(List<ObjectNode> items) {
            return items.stream().mapToInt(item -> cell.apply(item).length()).reduce(title.length(), Math::max);
        }
    }

    /** A list of which people see these fields. */
    static Rows of(Stream<ObjectNode> items, String empty, String... fields) {
        return new Rows(items.toList(), Stream.of(fields).map(Column::of).toList(), empty);
    }

    /** The same list with one more column. */
    Rows with(String title, Function<ObjectNode, String> cell) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(title, item -> Plain.line(cell.apply(item))));
        return new Rows(items, List.copyOf(more), empty);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        items.forEach(json.putArray("items")::add);
        return json;
    }
}
