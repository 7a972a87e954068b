/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.util.ArrayList;
import java.util.List;

/** A reason with values in it: <code>a value of {tx.value} wei is too much</code>. Two braces stand for one. */
final class ReasonText {

    static final int MAX_CHARACTERS = 1_000;

    private final List<Object> parts;

    private ReasonText(List<Object> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws ExpressionException when what stands between braces is no expression */
    static ReasonText of(String text, ConditionCompiler compiler) throws ExpressionException {
        List<Object> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean twice = i + 1 < text.length() && text.charAt(i + 1) == c;
            if (c != '{' && c != '}') {
                plain.append(c == '\n' ? ' ' : c);
                i++;
            } else if (twice) {
                plain.append(c);
                i += 2;
            } else {
                int end = text.indexOf('}', i);
                if (c == '}' || end < 0) {
                    throw new ExpressionException("has a brace without its other one");
                }
                parts.add(plain.toString());
                plain.setLength(0);
                parts.add(compiler.words(text.substring(i + 1, end)));
                i = end + 1;
            }
        }
        parts.add(plain.toString());
        return new ReasonText(parts);
    }

    /** The reason for this intent. */
    String of(GateQuestion question) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part instanceof CelWords words ? words.of(question) : part);
        }
        return SafeText.line(text.toString(), MAX_CHARACTERS);
    }
}
