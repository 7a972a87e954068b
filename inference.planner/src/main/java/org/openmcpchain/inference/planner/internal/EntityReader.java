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
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.openmcpchain.inference.planner.internal.Entity.Kind;

/** Finds the values in the tokens of one goal. Never fails, and never invents: each value stands in the goal. */
final class EntityReader {

    private static final Pattern ADDRESS = Pattern.compile("0[xX][0-9a-fA-F]{40}");
    private static final Set<String> PERCENT = Set.of("percent", "percents", "pct", "percentage");
    private static final Set<String> BASIS_POINTS = Set.of("bps", "bp", "bip", "bips");
    private static final Set<String> OWN = Set.of("my", "our", "all", "it", "them", "your", "his", "her", "their");
    private static final Set<String> HOLDINGS = Set.of("balance", "holdings", "holding", "wallet", "stack", "rest");
    private static final Set<String> ID_WORDS = Set.of("id", "ids", "number", "no", "nr", "num");
    private static final int MAX_ENTITIES = 400;

    private final Lexicon lexicon;
    private final Vocabulary vocabulary;
    private final String text;
    private final List<Token> tokens;
    private final NumberReader numbers;
    private final AssetReader assets;
    private final DurationReader durations;
    private final List<Entity> found = new ArrayList<>();

    EntityReader(Lexicon lexicon, Vocabulary vocabulary, String text, List<Token> tokens) {
        this.lexicon = lexicon;
        this.vocabulary = vocabulary;
        this.text = text;
        this.tokens = tokens;
        this.numbers = new NumberReader(lexicon);
        this.assets = new AssetReader(lexicon, vocabulary, shouted(tokens));
        this.durations = new DurationReader(lexicon, numbers);
    }

    /** The values in the order of the goal. */
    List<Entity> read() {
        int at = 0;
        while (at < tokens.size() && found.size() < MAX_ENTITIES) {
            at = Math.max(at + 1, entity(at));
        }
        return found;
    }

    private int entity(int at) {
        Token token = tokens.get(at);
        return switch (token.kind()) {
            case URI -> add(Kind.URI, token.text(), null, null, at, at);
            case QUOTED -> quoted(token, at);
            case HEX -> add(ADDRESS.matcher(token.text()).matches() ? Kind.ADDRESS : Kind.HEX, token.text(), at);
            case NAME -> add(Kind.ADDRESS, vocabulary.names().getOrDefault(token.lower(), token.text()), at);
            case HASH_NUMBER -> add(
                    Kind.ID, plain(new BigDecimal(token.text())), new BigDecimal(token.text()), null, at, at);
            case ISO_DURATION -> isoDuration(token, at);
            case DATE -> add(Kind.DATE, token.text(), at);
            case NUMBER -> number(at);
            case WORD -> word(at);
            case MARK -> mark(at);
            case ARROW -> at + 1;
        };
    }

    private int word(int at) {
        int name = bookName(at);
        if (name > at) {
            return name;
        }
        AssetReader.Named pair = assets.pair(tokens, at);
        if (pair != null) {
            return add(Kind.PAIR, pair.symbol(), null, null, at, pair.next() - 1);
        }
        int relative = all(at);
        if (relative > at) {
            return relative;
        }
        int number = number(at);
        return number > at ? number : asset(at);
    }

    private int mark(int at) {
        return isMark(tokens, at, "$") && glued(tokens, at + 1) && isWord(tokens, at + 1) ? asset(at) : at + 1;
    }

    private int asset(int at) {
        AssetReader.Named asset = assets.read(tokens, at);
        if (asset == null) {
            return at + 1;
        }
        boolean counted = at > 0 && (wordIs(tokens, at - 1, "a") || wordIs(tokens, at - 1, "an"));
        if (counted && !asset.weak()) {
            found.add(new Entity(
                    Kind.AMOUNT,
                    "1",
                    BigDecimal.ONE,
                    asset.symbol(),
                    true,
                    at - 1,
                    at - 1,
                    said(at - 1, asset.next() - 1)));
        }
        found.add(new Entity(
                Kind.ASSET,
                asset.symbol(),
                null,
                null,
                asset.weak(),
                at,
                asset.next() - 1,
                said(at, asset.next() - 1)));
        return asset.next();
    }

    private int number(int at) {
        Numeral numeral = numbers.read(tokens, at);
        if (numeral == null) {
            return at;
        }
        int next = numeral.next();
        if (isPartOfAName(at)) {
            return next;
        }
        if (numeral.broken() || isNegative(at)) {
            return add(Kind.BROKEN, said(at, next - 1), at, next - 1);
        }
        if (numeral.fraction()) {
            next = wordIs(tokens, next, "of") ? next + 1 : next;
            if (isOwn(next)) {
                return add(Kind.RELATIVE, said(at, next), at, next);
            }
            boolean article = wordIs(tokens, next, "a") || wordIs(tokens, next, "an") || wordIs(tokens, next, "one");
            boolean ofAsset = !article && next > numeral.next();
            next = article ? next + 1 : next;
            if (ofAsset && assets.read(tokens, next) != null) {
                return add(Kind.RELATIVE, said(at, next), at, next);
            }
        }
        return measured(numeral.value(), at, next);
    }

    /** What the number is a number of. */
    private int measured(BigDecimal value, int at, int next) {
        int percent = percent(value, at, next);
        if (percent > next) {
            return percent;
        }
        DurationReader.Length length = durations.read(tokens, value, next);
        AssetReader.Named asset = assets.read(tokens, next);
        if (isGluedMillion(next)) {
            AssetReader.Named behind = assets.read(tokens, next + 1);
            if (behind != null) {
                return amount(value.movePointRight(6), behind, at, next + 1);
            }
        }
        if (length != null) {
            return add(Kind.DURATION, length.iso(), BigDecimal.valueOf(length.seconds()), null, at, length.next() - 1);
        }
        if (asset != null) {
            return amount(value, asset, at, next);
        }
        int small = smallUnit(value, at, next);
        if (small > next) {
            return small;
        }
        String currency = currencyBefore(at);
        if (currency != null) {
            return add(Kind.AMOUNT, plain(value), value, currency, at, next - 1);
        }
        if (isWord(tokens, next) && glued(tokens, next)) {
            return next + 1; // 3rd, 2x: no number that can be acted on
        }
        boolean named = at > 0
                && isWord(tokens, at - 1)
                && ID_WORDS.contains(tokens.get(at - 1).lower());
        return add(named && isWhole(value) ? Kind.ID : Kind.NUMBER, plain(value), value, null, at, next - 1);
    }

    private int percent(BigDecimal value, int at, int next) {
        int end = next;
        BigDecimal percent = value;
        if (isMark(tokens, next, "%")
                || isWord(tokens, next) && PERCENT.contains(tokens.get(next).lower())) {
            end = next + 1;
        } else if (wordIs(tokens, next, "per") && wordIs(tokens, next + 1, "cent")) {
            end = next + 2;
        } else if (isWord(tokens, next)
                && BASIS_POINTS.contains(tokens.get(next).lower())) {
            end = next + 1;
            percent = value.movePointLeft(2);
        } else if (wordIs(tokens, next, "basis") && isWord(tokens, next + 1)) {
            end = next + 2;
            percent = value.movePointLeft(2);
        }
        if (end == next) {
            return next;
        }
        boolean share = wordIs(tokens, end, "of") && (isOwn(end + 1) || assets.read(tokens, end + 1) != null);
        return add(share ? Kind.RELATIVE : Kind.PERCENT, plain(percent), percent, null, at, end - 1);
    }

    private int amount(BigDecimal value, AssetReader.Named asset, int at, int unitAt) {
        add(Kind.AMOUNT, plain(value), value, asset.symbol(), at, unitAt - 1);
        found.add(new Entity(
                Kind.ASSET,
                asset.symbol(),
                null,
                null,
                asset.weak(),
                unitAt,
                asset.next() - 1,
                said(unitAt, asset.next() - 1)));
        return asset.next();
    }

    private int smallUnit(BigDecimal value, int at, int next) {
        int decimals = wordIs(tokens, next, "wei") ? 18 : wordIs(tokens, next, "gwei") ? 9 : 0;
        return decimals == 0
                ? next
                : amount(
                        value.movePointLeft(decimals),
                        new AssetReader.Named(vocabulary.coin(), next + 1, false),
                        at,
                        next);
    }

    private int all(int at) {
        boolean all = wordIs(tokens, at, "all") || wordIs(tokens, at, "entire") || wordIs(tokens, at, "whole");
        if (!all) {
            return at;
        }
        int next = wordIs(tokens, at + 1, "of") ? at + 2 : at + 1;
        boolean own = isOwn(next) || assets.read(tokens, next) != null;
        return own ? add(Kind.RELATIVE, said(at, next), at, at) : at;
    }

    private boolean isOwn(int at) {
        if (!isWord(tokens, at)) {
            return false;
        }
        if (wordIs(tokens, at, "the")) {
            return assets.read(tokens, at + 1) != null
                    || isWord(tokens, at + 1)
                            && HOLDINGS.contains(tokens.get(at + 1).lower());
        }
        return OWN.contains(tokens.get(at).lower());
    }

    private boolean isNegative(int at) {
        if (at == 0) {
            return false;
        }
        boolean minus = isMark(tokens, at - 1, "-") && glued(tokens, at) && !(at > 1 && glued(tokens, at - 1));
        return minus || wordIs(tokens, at - 1, "minus") || wordIs(tokens, at - 1, "negative");
    }

    /** The number in "ERC-721" or "ERC 721". */
    private boolean isPartOfAName(int at) {
        boolean hyphen =
                isMark(tokens, at - 1, "-") && glued(tokens, at) && glued(tokens, at - 1) && isWord(tokens, at - 2);
        return hyphen || wordIs(tokens, at - 1, "erc") || wordIs(tokens, at - 1, "eip");
    }

    private boolean isGluedMillion(int at) {
        return glued(tokens, at) && wordIs(tokens, at, "m");
    }

    private String currencyBefore(int at) {
        if (at == 0 || !tokens.get(at - 1).is(Token.Kind.MARK)) {
            return null;
        }
        return switch (tokens.get(at - 1).text()) {
            case "$" -> "USD";
            case "\u20ac" -> "EUR";
            case "\u00a3" -> "GBP";
            case "\u00a5" -> "JPY";
            default -> null;
        };
    }

    private int bookName(int at) {
        for (int last = Math.min(tokens.size() - 1, at + 4); last >= at; last--) {
            if (contiguous(at, last)) {
                String name = vocabulary.names().get(said(at, last).toLowerCase(Locale.ROOT));
                if (name != null) {
                    return add(Kind.ADDRESS, name, at, last);
                }
            }
        }
        String label = vocabulary.labels().get(tokens.get(at).lower());
        return label == null ? at : add(Kind.ADDRESS, label, at, at);
    }

    private boolean contiguous(int first, int last) {
        for (int i = first + 1; i <= last; i++) {
            if (!glued(tokens, i)) {
                return false;
            }
        }
        return true;
    }

    private int quoted(Token token, int at) {
        String inner = token.text();
        if (ADDRESS.matcher(inner).matches()) {
            return add(Kind.ADDRESS, inner, at);
        }
        String name = vocabulary.names().get(inner.toLowerCase(Locale.ROOT));
        if (name != null) {
            return add(Kind.ADDRESS, name, at);
        }
        if (inner.matches("[a-z]{2,6}:/?/?[^\\s]+")) {
            return add(Kind.URI, inner, at);
        }
        String symbol = vocabulary.symbols().get(inner.toUpperCase(Locale.ROOT));
        return symbol == null ? add(Kind.QUOTED, inner, at) : add(Kind.ASSET, symbol, at);
    }

    private int isoDuration(Token token, int at) {
        DurationReader.Length length = DurationReader.iso(token.text(), at + 1);
        return length == null
                ? add(Kind.BROKEN, token.text(), at)
                : add(Kind.DURATION, length.iso(), BigDecimal.valueOf(length.seconds()), null, at, at);
    }

    private int add(Kind kind, String value, int at) {
        return add(kind, value, null, null, at, at);
    }

    private int add(Kind kind, String value, int first, int last) {
        return add(kind, value, null, null, first, last);
    }

    private int add(Kind kind, String value, BigDecimal number, String unit, int first, int last) {
        found.add(new Entity(kind, value, number, unit, false, first, last, said(first, last)));
        return last + 1;
    }

    private String said(int first, int last) {
        return text.substring(
                tokens.get(first).start(),
                tokens.get(Math.min(last, tokens.size() - 1)).end());
    }

    static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }

    static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped).toPlainString();
    }

    private static boolean shouted(List<Token> tokens) {
        int words = 0;
        int capitals = 0;
        for (Token token : tokens) {
            if (token.isWord() && token.text().length() > 1) {
                words++;
                capitals += token.text().equals(token.text().toUpperCase(Locale.ROOT)) ? 1 : 0;
            }
        }
        return words > 3 && capitals * 10 > words * 6;
    }
}
