/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

/**
 * A text that is compared with a pattern and counts how often it is looked at: a pattern like {@code (a+)+b} takes as many
 * looks as there are ways to divide a text, which is more than anybody lives for. For one comparison.
 */
final class CostedText implements CharSequence {

    /** Two hundred looks at each character of the longest text; a sane pattern needs a few. */
    static final int MOST_LOOKS = 1_000_000;

    private final String text;
    private final int[] looks;

    CostedText(String text) {
        this(text, new int[1]);
    }

    private CostedText(String text, int[] looks) {
        this.text = text;
        this.looks = looks;
    }

    /** It was looked at too often. */
    static final class TooCostly extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooCostly() {
            super("the comparison takes too long", null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        if (++looks[0] > MOST_LOOKS) {
            throw new TooCostly();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new CostedText(text.substring(start, end), looks);
    }

    @Override
    public String toString() {
        return text;
    }
}
