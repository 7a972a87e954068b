/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Text for people out of values that a stranger may have chosen. */
final class Words {

    /** Nobody waits longer: what lasts until the year 10000 lasts for ever. */
    private static final BigInteger LAST_SECOND = BigInteger.valueOf(253_402_300_799L);

    private static final int MAX_LENGTH = 64;

    private Words() {}

    /**
     * A name on one line, with nothing in it that could pretend to be something else: control characters, marks that turn
     * the direction of writing, invisible characters and line ends are taken out; what is longer than 64 characters is cut.
     */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(MAX_LENGTH * 4L)
                .filter(Words::isShown)
                .limit(MAX_LENGTH)
                .forEach(plain::appendCodePoint);
        String stripped = plain.toString().strip();
        return stripped.isEmpty() ? "?" : stripped;
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
                // A blank that is no plain space, or a filler that shows nothing, only serves to deceive.
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> codePoint != 0x115F
                    && codePoint != 0x1160
                    && codePoint != 0x3164
                    && codePoint != 0xFFA0
                    && codePoint != 0x034F
                    && !(codePoint >= 0xFE00 && codePoint <= 0xFE0F);
        };
    }

    /** Whole units, exactly. */
    static String decimal(BigInteger units, int decimals) {
        BigDecimal whole = new BigDecimal(units, decimals).stripTrailingZeros();
        return (whole.scale() < 0 ? whole.setScale(0) : whole).toPlainString();
    }

    static boolean isForEver(BigInteger seconds) {
        return seconds.compareTo(LAST_SECOND) > 0;
    }

    /** {@code until 2030-01-01T00:00:00Z}, or {@code without an end}. */
    static String until(BigInteger seconds) {
        return isForEver(seconds)
                ? "without an end"
                : "until " + DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(seconds.longValueExact()));
    }

    static String count(int number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
