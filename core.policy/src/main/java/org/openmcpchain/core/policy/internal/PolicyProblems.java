/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a policy's text, in the order of finding. Bounded. Used by one thread. */
final class PolicyProblems {

    private static final int MOST = 100;

    private final List<String> lines = new ArrayList<>();

    void add(int line, String path, String what) {
        add("line " + line + (path.isEmpty() ? "" : ", " + path) + ": " + what);
    }

    void add(String text) {
        if (lines.size() < MOST) {
            lines.add(SafeText.line(text, 500));
        } else if (lines.size() == MOST) {
            lines.add("and more");
        }
    }

    boolean none() {
        return lines.isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
