/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import static org.openmcpchain.inference.planner.internal.NumberReader.glued;
import static org.openmcpchain.inference.planner.internal.NumberReader.isMark;
import static org.openmcpchain.inference.planner.internal.NumberReader.isWord;
import static org.openmcpchain.inference.planner.internal.NumberReader.wordIs;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lengths of time: {@code 5 minutes}, {@code 1 hour and 30 minutes}, {@code 30-day}, {@code 24h}, {@code PT5M}. A
 * month is 30 days and a year 365, since a length of time has no calendar.
 */
final class DurationReader {

    private static final long DAY = 86_400;
    private static final long MAX_SECONDS = 100L * 365 * DAY;
    private static final Pattern CALENDAR = Pattern.compile("P(?:(\\d{1,4})Y)?(?:(\\d{1,4})M)?(?:(\\d{1,4})W)?(.*)");

    private final Lexicon lexicon;
    private final NumberReader numbers;

    DurationReader(Lexicon lexicon, NumberReader numbers) {
        this.lexicon = lexicon;
        this.numbers = numbers;
    }

    /**
     * A length of time.
     *
     * @param seconds how long
     * @param iso the same as ISO-8601, in days where it is whole days
     * @param next the first token behind it
     */
    record Length(long seconds, String iso, int next) {}

    /** The length that a number begins whose unit stands at this token, or null. */
    Length read(List<Token> tokens, BigDecimal value, int unitAt) {
        int at =
                isMark(tokens, unitAt, "-") && glued(tokens, unitAt) && glued(tokens, unitAt + 1) ? unitAt + 1 : unitAt;
        Long unit = unit(tokens, at);
        Long seconds = unit == null ? null : seconds(value, unit);
        if (seconds == null) {
            return null;
        }
        int next = at + 1;
        boolean half = wordIs(tokens, next, "and") && wordIs(tokens, next + 1, "a") && wordIs(tokens, next + 2, "half");
        if (half) {
            return length(seconds + unit / 2, next + 3, unit / 2 >= DAY);
        }
        int more = wordIs(tokens, next, "and") || isMark(tokens, next, ",") ? next + 1 : next;
        Numeral second = more < tokens.size() ? numbers.read(tokens, more) : null;
        if (second != null && !second.broken() && smaller(tokens, second, unit)) {
            Length rest = read(tokens, second.value(), second.next());
            if (rest != null) {
                return length(seconds + rest.seconds(), rest.next(), unit >= DAY);
            }
        }
        return length(seconds, next, unit >= DAY);
    }

    /** A length from its ISO-8601 text, or null. */
    static Length iso(String text, int next) {
        try {
            Matcher calendar = CALENDAR.matcher(text);
            if (!calendar.matches() || text.length() > 40) {
                return null;
            }
            long days =
                    number(calendar.group(1)) * 365 + number(calendar.group(2)) * 30 + number(calendar.group(3)) * 7;
            String rest = calendar.group(4);
            long seconds = rest.isEmpty() ? 0 : Duration.parse("P" + rest).getSeconds();
            return days == 0 ? new Length(seconds, text, next) : length(seconds + days * DAY, next, true);
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    /** The seconds of the unit at this token, or null; one letter is a unit only right behind its number. */
    private Long unit(List<Token> tokens, int at) {
        if (!isWord(tokens, at)) {
            return null;
        }
        String word = tokens.get(at).lower();
        if (word.length() == 1 && !glued(tokens, at)) {
            return null;
        }
        return word.equals("m") ? Long.valueOf(60) : lexicon.unitSeconds(word);
    }

    private boolean smaller(List<Token> tokens, Numeral numeral, long unit) {
        Long other = unit(tokens, numeral.next());
        return other != null && other < unit;
    }

    private static Long seconds(BigDecimal value, long unit) {
        try {
            long seconds = value.multiply(BigDecimal.valueOf(unit)).longValueExact();
            return seconds <= MAX_SECONDS ? seconds : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static Length length(long seconds, int next, boolean inDays) {
        String iso = inDays && seconds % DAY == 0
                ? "P" + seconds / DAY + "D"
                : Duration.ofSeconds(seconds).toString();
        return new Length(seconds, iso, next);
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
