/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.util.Arrays;

/** Measured values of one kind. Not thread-safe. */
final class Samples {

    private double[] values = new double[64];
    private int count;

    void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    void addAll(Samples other) {
        for (int i = 0; i < other.count; i++) {
            add(other.values[i]);
        }
    }

    int count() {
        return count;
    }

    double median() {
        return percentile(50);
    }

    /** The nearest-rank percentile. */
    double percentile(double percent) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) Math.max(0, Math.ceil(percent / 100 * count) - 1)];
    }

    double min() {
        return Arrays.stream(values, 0, count).min().orElse(Double.NaN);
    }

    double max() {
        return Arrays.stream(values, 0, count).max().orElse(Double.NaN);
    }

    String span() {
        return Report.number(min()) + " – " + Report.number(max());
    }
}
