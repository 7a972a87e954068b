/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table for people, and one line of {@code key=value} pairs for programs. */
final class Report {

    private static final String RULE = "---";

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /** A report with these column heads. */
    Report(String... heads) {
        rows.add(List.of(heads));
    }

    Report row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    Report value(String key, double value) {
        values.put(key, number(value));
        return this;
    }

    /** A value that is counted and not measured. */
    Report count(String key, long value) {
        values.put(key, Long.toString(value));
        return this;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
    }

    /** The table in Markdown, then the line of values. */
    String text() {
        int[] widths = new int[rows.get(0).size()];
        Arrays.fill(widths, RULE.length());
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            line(text, rows.get(r), widths);
            if (r == 0) {
                line(text, rows.get(0).stream().map(head -> RULE).toList(), widths);
            }
        }
        text.append('\n');
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append(' '));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, List<String> row, int[] widths) {
        text.append('|');
        for (int i = 0; i < widths.length; i++) {
            text.append(' ')
                    .append(String.format("%-" + widths[i] + "s", row.get(i)))
                    .append(" |");
        }
        text.append('\n');
    }
}
