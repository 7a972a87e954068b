/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.io.IOException;
import java.io.Writer;

/** Collects text up to a limit and refuses the first character beyond it, so that nothing huge is ever held. */
final class LimitedText extends Writer {

    private final int limit;
    private final StringBuilder text = new StringBuilder();

    LimitedText(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        if (text.length() + length > limit) {
            throw new TooLong(limit);
        }
        text.append(buffer, offset, length);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // nothing to release
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** More text than the limit allows. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        TooLong(int limit) {
            super("longer than " + limit + " characters");
        }
    }
}
