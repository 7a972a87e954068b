/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ProofError;

/**
 * A look at a JSON text before it is parsed: the reference implementation of RFC 8785 recurses without a bound and
 * replaces unpaired surrogates by question marks, so that different texts would get the same hash. It does not judge
 * the syntax; the parser does.
 */
final class JsonScan {

    private final String json;
    private final int maxDepth;
    private int depth;
    private boolean inText;
    private boolean highPending;

    private JsonScan(String json, int maxDepth) {
        this.json = json;
        this.maxDepth = maxDepth;
    }

    static void refuseWhatHasNoCanonicalForm(String json, int maxDepth) {
        new JsonScan(json, maxDepth).scan();
    }

    private void scan() {
        int i = 0;
        while (i < json.length()) {
            char c = json.charAt(i);
            i += inText ? character(c, i) : structure(c);
        }
        refuseIf(highPending, "an unpaired surrogate");
    }

    private int structure(char c) {
        switch (c) {
            case '"' -> inText = true;
            case '{', '[' -> refuseIf(++depth > maxDepth, "nested too deeply");
            case '}', ']' -> depth--;
            default -> {
                // white space, separators and literals are the parser's business
            }
        }
        return 1;
    }

    private int character(char c, int at) {
        if (c == '\\' && at + 1 < json.length()) {
            if (json.charAt(at + 1) == 'u' && at + 6 <= json.length()) {
                codeUnit(escaped(at + 2));
                return 6;
            }
            codeUnit(' ');
            return 2;
        }
        codeUnit(c);
        inText = c != '"';
        return 1;
    }

    private char escaped(int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(json.charAt(i), 16);
            refuseIf(digit < 0, "not a Unicode escape");
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private void codeUnit(char c) {
        refuseIf(highPending != Character.isLowSurrogate(c), "an unpaired surrogate");
        highPending = Character.isHighSurrogate(c);
    }

    private static void refuseIf(boolean condition, String detail) {
        if (condition) {
            throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", detail);
        }
    }
}
