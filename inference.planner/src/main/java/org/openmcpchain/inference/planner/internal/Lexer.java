/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openmcpchain.inference.planner.internal.Token.Kind;

/** Cuts a goal into tokens. Never fails: what it does not know is a mark. Stateless apart from the lexicon. */
final class Lexer {

    /** More than any goal of 4,000 characters that means something; the rest is not read. */
    static final int MAX_TOKENS = 1_500;

    private static final String NUMBER =
            "\\d+(?:\\.\\d+)?[eE][+-]?\\d{1,2}(?![\\p{L}\\p{N}])|\\d{1,3}(?:[,'_]\\d{3}){1,30}+(?:\\.\\d+)?(?!\\d)|\\d+(?:[.,]\\d+){0,30}+|\\.\\d+|[\\u00bc\\u00bd\\u00be]";

    private static final Pattern TOKENS =
            Pattern.compile("(?<uri>(?:https?|ipfs|ipns|ar|wss?|data|did|urn):[^\\s<>\"]+)"
                    + "|\"(?<double>[^\"]{1,2000})\""
                    + "|(?<![\\p{L}\\p{N}])'(?<single>[^']{1,2000})'(?![\\p{L}\\p{N}])"
                    + "|`(?<tick>[^`]{1,2000})`"
                    + "|(?<hex>0[xX][0-9A-Za-z]*)"
                    + "|(?<iso>(?<![\\p{L}\\p{N}])P(?=\\d|T\\d)(?:\\d+[YMWD]){0,4}+(?:T(?:\\d+(?:\\.\\d+)?[HMS]){1,3}+)?(?![\\p{L}\\p{N}]))"
                    + "|(?<date>\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}[0-9:.]*(?:Z|[+-]\\d{2}:\\d{2})?)?(?![\\p{L}\\p{N}]))"
                    + "|(?<name>(?<![\\p{L}\\p{N}.])(?:[\\p{L}\\p{N}_-]++\\.(?=[\\p{L}\\p{N}])){1,10}\\p{L}{2,}(?![\\p{L}\\p{N}]))"
                    + "|#\\s?(?<hash>\\d+)"
                    + "|(?<number>" + NUMBER + ")"
                    + "|(?<word>\\p{L}[\\p{L}\\p{M}\\p{N}_]*(?:'\\p{L}+)?)"
                    + "|(?<arrow>->|=>|-->|[\\u2192\\u21d2\\u279c\\u27a1])"
                    + "|(?<mark>\\S)");

    private final Lexicon lexicon;

    Lexer(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** The tokens of a text in which {@link #plain} changed nothing any more. */
    List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKENS.matcher(text);
        int from = 0;
        while (tokens.size() < MAX_TOKENS && matcher.find(from)) {
            Token token = token(matcher);
            tokens.add(token);
            from = Math.max(token.end(), matcher.start() + 1);
        }
        return tokens;
    }

    /**
     * The same text with look-alike forms of ASCII (full width, typographic quotes, other digits) made plain, character
     * by character, so that positions stay. Marks that turn the direction of writing, or cannot be seen, become blanks.
     */
    static String plain(String goal) {
        StringBuilder plain = new StringBuilder(goal.length());
        for (int i = 0; i < goal.length(); i++) {
            plain.append(plain(goal.charAt(i)));
        }
        return plain.toString();
    }

    private static char plain(char c) {
        if (c >= '\uff01' && c <= '\uff5e') {
            return (char) (c - 0xfee0);
        }
        if (Character.isDigit(c)) {
            return Character.forDigit(Character.digit(c, 10), 10);
        }
        if (Character.getType(c) == Character.FORMAT || Character.isISOControl(c) && c != '\n') {
            return ' ';
        }
        return switch (c) {
            case '\u2018', '\u2019', '\u02bc' -> '\'';
            case '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2212' -> '-';
            case '\u00a0', '\u202f', '\u3000' -> ' ';
            default -> c;
        };
    }

    private Token token(Matcher matcher) {
        int start = matcher.start();
        if (matcher.group("uri") != null) {
            String uri = trimmed(matcher.group("uri"));
            return token(Kind.URI, uri, start, start + uri.length());
        }
        for (String quote : List.of("double", "single", "tick")) {
            if (matcher.group(quote) != null) {
                return token(Kind.QUOTED, matcher.group(quote).strip(), start, matcher.end());
            }
        }
        if (matcher.group("hash") != null) {
            return token(Kind.HASH_NUMBER, matcher.group("hash"), start, matcher.end());
        }
        Kind kind = Kind.MARK;
        if (matcher.group("hex") != null) {
            kind = Kind.HEX;
        } else if (matcher.group("iso") != null) {
            kind = Kind.ISO_DURATION;
        } else if (matcher.group("date") != null) {
            kind = Kind.DATE;
        } else if (matcher.group("name") != null) {
            kind = Kind.NAME;
        } else if (matcher.group("number") != null) {
            kind = Kind.NUMBER;
        } else if (matcher.group("word") != null) {
            kind = Kind.WORD;
        } else if (matcher.group("arrow") != null) {
            kind = Kind.ARROW;
        }
        return token(kind, matcher.group(), start, matcher.end());
    }

    private Token token(Kind kind, String text, int start, int end) {
        String lower = text.toLowerCase(Locale.ROOT);
        String stem = kind == Kind.WORD ? lexicon.stem(lower) : lower;
        return new Token(kind, text, kind == Kind.WORD ? lower.replace("'", "") : lower, stem, start, end);
    }

    private static String trimmed(String uri) {
        int end = uri.length();
        while (end > 0 && ".,;:!?)]}'".indexOf(uri.charAt(end - 1)) >= 0) {
            end--;
        }
        return uri.substring(0, end);
    }
}
