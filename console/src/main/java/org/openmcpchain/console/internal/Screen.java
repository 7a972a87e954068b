/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Function;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.Row;
import org.apache.karaf.shell.support.table.ShellTable;
import org.openmcpchain.run.Page;

/** Where a command prints: tables and words for people, or one line of JSON for each value for programs. */
final class Screen {

    private static final int NARROWEST = 12;
    private static final int SEPARATOR = 3;
    private static final int LONGEST_INLINE = 100;

    private final PrintStream out;
    private final PrintStream console;
    private final int width;
    private final boolean json;

    /**
     * @param out where the command prints; follows a pipe
     * @param console the session's end of it all
     * @param width of the terminal in characters, or 0 when nobody looks at it and nothing is to be cut
     */
    Screen(PrintStream out, PrintStream console, int width, boolean json) {
        this.out = out;
        this.console = console;
        this.width = width;
        this.json = json;
    }

    /** Prints a thing: name and value, one below the other. */
    void show(ObjectNode thing) {
        if (json) {
            out.println(Json.line(thing));
            return;
        }
        int longest = thing.properties().stream()
                .mapToInt(field -> Plain.title(field.getKey()).length())
                .max()
                .orElse(0);
        for (Map.Entry<String, JsonNode> field : thing.properties()) {
            print(Plain.title(field.getKey()), field.getValue(), longest);
        }
    }

    /** Prints a list. */
    void list(Rows rows) {
        list(rows, Json.object());
    }

    /** Prints a part of a list; what else is known of the whole is for programs. */
    void list(Rows rows, ObjectNode whole) {
        if (json) {
            ObjectNode page = rows.json();
            page.setAll(whole);
            out.println(Json.line(page));
        } else if (rows.items().isEmpty()) {
            out.println(rows.empty());
        } else {
            table(rows).print(out);
        }
    }

    /** Prints a page of a list, and how to get the next one. */
    <T> void page(Page<T> page, Function<T, ObjectNode> view, String empty, String... fields) {
        ObjectNode whole = Json.object().put("total", page.total());
        page.nextOffset().ifPresent(next -> whole.put("nextOffset", next));
        list(Rows.of(page.items().stream().map(view), empty, fields), whole);
        page.nextOffset().ifPresent(next -> note(page.total() + " in all; go on with --offset " + next + "."));
    }

    /** Prints a thing: whole for programs, told in words for people. */
    void told(ObjectNode thing, Runnable words) {
        if (json) {
            out.println(Json.line(thing));
        } else {
            words.run();
        }
    }

    /** Prints a value as one line: these words for people, this JSON for programs. */
    void line(String words, JsonNode value) {
        out.println(json ? Json.line(value) : clipped(Plain.line(words)));
    }

    /** Prints a text byte for byte, for people and programs alike. */
    void raw(String text) {
        out.println(text);
    }

    /** Tells people something that programs do not need. */
    void note(String words) {
        if (!json) {
            out.println(Plain.line(words));
        }
    }

    /**
     * Sends what was printed so far, and tells whether whoever reads it has left. The shell hands a command a stream whose
     * flush ends half-way and which hides errors, so this asks the session's own one.
     */
    boolean deserted() {
        out.flush();
        return console.checkError();
    }

    private void print(String title, JsonNode value, int longest) {
        String words = Plain.words(value);
        if (words.isEmpty()) {
            return;
        }
        boolean block = value.isContainerNode() && words.length() > LONGEST_INLINE;
        out.println(title + " ".repeat(longest - title.length() + 2) + (block ? "" : words));
        if (block) {
            Json.pretty(value).lines().forEach(line -> out.println("  " + line));
        }
    }

    /** Every column is as wide as it needs to be, but for the last one, which has what the terminal leaves. */
    private ShellTable table(Rows rows) {
        ShellTable table = new ShellTable();
        int used = 0;
        for (Rows.Column column : rows.columns()) {
            Col col = table.column(column.title());
            if (column != rows.columns().get(rows.columns().size() - 1)) {
                used += SEPARATOR + column.longest(rows.items());
            } else if (width > 0) {
                col.maxSize(Math.max(NARROWEST, width - used - 1));
            }
        }
        for (ObjectNode item : rows.items()) {
            Row row = table.addRow();
            rows.columns().forEach(column -> row.addContent(column.cell().apply(item)));
        }
        return table;
    }

    private String clipped(String line) {
        return width > 0 && line.length() > width ? line.substring(0, Math.max(NARROWEST, width - 3)) + "..." : line;
    }
}
