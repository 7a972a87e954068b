/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.openmcpchain.inference.planner.internal.Token.Kind;

/**
 * Reads numbers in digits and in words: {@code 1,250.75}, {@code 1.5k}, {@code two and a half}, {@code half}. What could
 * be read in two ways is broken, never guessed.
 */
final class NumberReader {

    private static final Pattern PLAIN = Pattern.compile("\\d*\\.?\\d+(?:[eE][+-]?\\d{1,2})?");
    private static final Pattern GROUPED = Pattern.compile("[1-9]\\d{0,2}(?:([,'_])\\d{3})(?:\\1\\d{3})*(?:\\.\\d+)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("\\d+,\\d{1,2}|0,\\d+");
    private static final int MAX_DIGITS = 80;
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final Set<String> THOUSAND = Set.of("k");
    private static final Set<String> MILLION = Set.of("mm", "mn", "mln", "mil");
    private static final Set<String> BILLION = Set.of("b", "bn");

    private final Lexicon lexicon;

    NumberReader(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** The number that begins at this token, or null. */
    Numeral read(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        if (token.is(Kind.NUMBER)) {
            return digits(tokens, at);
        }
        return token.isWord() ? words(tokens, at) : null;
    }

    private Numeral digits(List<Token> tokens, int at) {
        BigDecimal value = digits(tokens.get(at).text());
        int next = at + 1;
        if (value == null) {
            return new Numeral(null, next, false);
        }
        if (isMark(tokens, next, "/") && isDigits(tokens, next + 1) && glued(tokens, next) && glued(tokens, next + 1)) {
            return new Numeral(divided(value, digits(tokens.get(next + 1).text())), next + 2, false);
        }
        if (isMark(tokens, next, "-") && isDigits(tokens, next + 1) && glued(tokens, next) && glued(tokens, next + 1)) {
            return new Numeral(null, next + 2, false);
        }
        if (isDigits(tokens, next) && glued(tokens, next)) {
            BigDecimal part = digits(tokens.get(next).text());
            boolean vulgar = part != null && tokens.get(next).text().charAt(0) >= '\u00bc';
            return new Numeral(vulgar ? value.add(part) : null, next + 1, false);
        }
        return scaled(tokens, value, next);
    }

    private Numeral scaled(List<Token> tokens, BigDecimal value, int at) {
        int next = at;
        BigDecimal scaled = value;
        if (isWord(tokens, next)) {
            String word = tokens.get(next).lower();
            BigDecimal scale = glued(tokens, next) ? suffix(tokens.get(next).text(), word) : lexicon.scale(word);
            if (scale != null) {
                scaled = value.multiply(scale);
                next++;
            }
        }
        Numeral half = andAHalf(tokens, scaled, next);
        return half != null ? half : new Numeral(scaled, next, false);
    }

    private static BigDecimal suffix(String text, String lower) {
        if (THOUSAND.contains(lower)) {
            return new BigDecimal(1_000);
        }
        if (MILLION.contains(lower) || text.equals("M")) {
            return new BigDecimal(1_000_000);
        }
        return BILLION.contains(lower) ? new BigDecimal(1_000_000_000) : null;
    }

    private Numeral andAHalf(List<Token> tokens, BigDecimal whole, int at) {
        boolean follows = wordIs(tokens, at, "and")
                && (wordIs(tokens, at + 1, "a") || wordIs(tokens, at + 1, "one"))
                && isWord(tokens, at + 2);
        BigDecimal part = follows ? lexicon.fraction(tokens.get(at + 2).lower()) : null;
        return part == null ? null : new Numeral(whole.add(part), at + 3, false);
    }

    private Numeral words(List<Token> tokens, int at) {
        String word = tokens.get(at).lower();
        if (word.equals("half")) {
            return new Numeral(HALF, at + 1, true);
        }
        if (word.equals("point")) {
            BigDecimal decimals = decimals(tokens, at + 1);
            return decimals == null ? null : new Numeral(decimals, at + 1 + decimals.scale(), false);
        }
        boolean article = word.equals("a") || word.equals("an");
        if (article || lexicon.number(word) != null) {
            Numeral fraction = fraction(tokens, at, article ? BigDecimal.ONE : lexicon.number(word));
            if (fraction != null) {
                return fraction;
            }
        }
        if (article) {
            if (wordIs(tokens, at + 1, "couple")) {
                return new Numeral(new BigDecimal(2), at + (wordIs(tokens, at + 2, "of") ? 3 : 2), false);
            }
            if (isWord(tokens, at + 1) && isUnitOfTime(tokens.get(at + 1).lower())) {
                return new Numeral(BigDecimal.ONE, at + 1, false);
            }
            boolean scale = isWord(tokens, at + 1)
                    && (lexicon.scale(tokens.get(at + 1).lower()) != null || wordIs(tokens, at + 1, "dozen"));
            return scale ? cardinal(tokens, at + 1) : null;
        }
        return lexicon.number(word) == null ? null : cardinal(tokens, at);
    }

    /** "a month", but not "a second thought". */
    private boolean isUnitOfTime(String word) {
        Long seconds = word.length() > 2 ? lexicon.unitSeconds(word) : null;
        return seconds != null && seconds > 1 && !word.equals("min");
    }

    /** "a half", "three quarters", "a tenth"; null for anything else. */
    private Numeral fraction(List<Token> tokens, int at, BigDecimal count) {
        if (!isWord(tokens, at + 1)) {
            return null;
        }
        String word = tokens.get(at + 1).lower();
        String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        BigDecimal part = lexicon.fraction(singular);
        return part == null ? null : new Numeral(part.multiply(count), at + 2, true);
    }

    private Numeral cardinal(List<Token> tokens, int at) {
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal current = BigDecimal.ZERO;
        int next = at;
        while (isWord(tokens, next)) {
            String word = tokens.get(next).lower();
            BigDecimal digit = lexicon.number(word);
            BigDecimal scale = lexicon.scale(word);
            if (digit != null) {
                current = current.add(digit);
            } else if (scale != null) {
                BigDecimal counted = current.signum() == 0 ? scale : current.multiply(scale);
                boolean hundred = scale.intValueExact() == 100;
                current = hundred ? counted : BigDecimal.ZERO;
                total = hundred ? total : total.add(counted);
            } else {
                break;
            }
            next = behindJoint(tokens, next + 1);
        }
        BigDecimal whole = total.add(current);
        if (wordIs(tokens, next, "point")) {
            BigDecimal decimals = decimals(tokens, next + 1);
            if (decimals != null) {
                return new Numeral(whole.add(decimals), next + 1 + decimals.scale(), false);
            }
        }
        Numeral half = andAHalf(tokens, whole, next);
        return half != null ? half : new Numeral(whole, next, false);
    }

    /** Behind a hyphen or an "and" that joins two number words. */
    private int behindJoint(List<Token> tokens, int at) {
        boolean hyphen = isMark(tokens, at, "-") && glued(tokens, at);
        boolean and =
                wordIs(tokens, at, "and") && lexicon.scale(tokens.get(at - 1).lower()) != null;
        if ((hyphen || and) && isWord(tokens, at + 1)) {
            String word = tokens.get(at + 1).lower();
            return lexicon.number(word) != null || lexicon.scale(word) != null ? at + 1 : at;
        }
        return at;
    }

    private BigDecimal decimals(List<Token> tokens, int at) {
        StringBuilder digits = new StringBuilder();
        for (int i = at; isWord(tokens, i) && digits.length() < 18; i++) {
            BigDecimal digit = lexicon.number(tokens.get(i).lower());
            if (digit == null || digit.compareTo(BigDecimal.TEN) >= 0) {
                break;
            }
            digits.append(digit.intValueExact());
        }
        return digits.isEmpty() ? null : new BigDecimal("0." + digits);
    }

    private static BigDecimal digits(String text) {
        if (text.length() > MAX_DIGITS) {
            return null;
        }
        char first = text.charAt(0);
        if (first >= '\u00bc' && first <= '\u00be') {
            return new BigDecimal(first == '\u00bc' ? "0.25" : first == '\u00bd' ? "0.5" : "0.75");
        }
        if (PLAIN.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        if (GROUPED.matcher(text).matches()) {
            return new BigDecimal(text.replaceAll("[,'_]", ""));
        }
        return DECIMAL_COMMA.matcher(text).matches() ? new BigDecimal(text.replace(',', '.')) : null;
    }

    private static BigDecimal divided(BigDecimal value, BigDecimal by) {
        try {
            return by == null || by.signum() == 0 ? null : value.divide(by);
        } catch (ArithmeticException e) {
            return null; // a third has no exact decimal form, and money is not rounded here
        }
    }

    private static boolean isDigits(List<Token> tokens, int at) {
        return at < tokens.size() && tokens.get(at).is(Kind.NUMBER);
    }

    static boolean isWord(List<Token> tokens, int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isWord();
    }

    static boolean wordIs(List<Token> tokens, int at, String word) {
        return isWord(tokens, at) && tokens.get(at).lower().equals(word);
    }

    static boolean isMark(List<Token> tokens, int at, String mark) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isMark(mark);
    }

    /** Whether a token follows the one before it without a blank. */
    static boolean glued(List<Token> tokens, int at) {
        return at > 0
                && at < tokens.size()
                && tokens.get(at).start() == tokens.get(at - 1).end();
    }
}
