/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import static org.openmcpchain.inference.planner.internal.NumberReader.glued;
import static org.openmcpchain.inference.planner.internal.NumberReader.isMark;
import static org.openmcpchain.inference.planner.internal.NumberReader.isWord;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads assets and pairs of assets: {@code USDC}, {@code ether}, {@code $ETH}, {@code ETH/USD}, {@code ETHUSD}. */
final class AssetReader {

    private static final Pattern CAPITALS = Pattern.compile("[A-Z][A-Z0-9]{1,9}|[a-z]{1,3}[A-Z]{2,}[A-Za-z0-9]{0,6}");
    private static final Set<String> BEFORE_A_NETWORK = Set.of("on", "via", "over");

    private final Lexicon lexicon;
    private final Vocabulary vocabulary;
    private final boolean shouted;

    /** @param shouted whether most of the goal is in capitals, which then say nothing */
    AssetReader(Lexicon lexicon, Vocabulary vocabulary, boolean shouted) {
        this.lexicon = lexicon;
        this.vocabulary = vocabulary;
        this.shouted = shouted;
    }

    /**
     * An asset in a goal.
     *
     * @param symbol its symbol
     * @param next the first token behind it
     * @param weak whether only its form makes it one
     */
    record Named(String symbol, int next, boolean weak) {}

    /** The asset that begins at this token, or null. */
    Named read(List<Token> tokens, int at) {
        int from = isMark(tokens, at, "$") && glued(tokens, at + 1) ? at + 1 : at;
        if (!isWord(tokens, from)) {
            return null;
        }
        Token token = tokens.get(from);
        if (token.lower().equals("us") && isMark(tokens, from + 1, "$") && glued(tokens, from + 1)) {
            return new Named("USD", from + 2, false);
        }
        if (isWord(tokens, from + 1)) {
            String symbol =
                    lexicon.symbol(token.lower() + "-" + tokens.get(from + 1).lower());
            if (symbol != null) {
                return new Named(symbol, from + 2, false);
            }
        }
        String symbol = symbol(token.text());
        if (symbol != null && !isNetwork(tokens, from)) {
            return new Named(symbol, from + 1, false);
        }
        boolean weak = !shouted
                && CAPITALS.matcher(token.text()).matches()
                && !lexicon.is("acronym", token.text().toUpperCase(Locale.ROOT));
        return weak && symbol == null ? new Named(token.text(), from + 1, true) : null;
    }

    /** The pair that begins at this token, written as one, or null; its symbol is {@code BASE/QUOTE}. */
    Named pair(List<Token> tokens, int at) {
        if (!isWord(tokens, at)) {
            return null;
        }
        Named base = read(tokens, at);
        if (base != null && joined(tokens, base.next())) {
            Named quote = read(tokens, base.next() + 1);
            if (quote != null) {
                return new Named(base.symbol() + "/" + quote.symbol(), quote.next(), base.weak() && quote.weak());
            }
        }
        return base == null || base.weak() ? concatenated(tokens.get(at).text(), at) : null;
    }

    private boolean joined(List<Token> tokens, int at) {
        if (isMark(tokens, at, "/")) {
            return true;
        }
        return (isMark(tokens, at, "-") || isMark(tokens, at, ":")) && glued(tokens, at) && glued(tokens, at + 1);
    }

    private Named concatenated(String text, int at) {
        int underscore = text.indexOf('_');
        for (int cut = 3; cut <= 5 && cut <= text.length() - 3; cut++) {
            if (underscore >= 0 && underscore != cut) {
                continue;
            }
            String base = symbolOnly(text.substring(0, cut));
            String quote = symbolOnly(text.substring(underscore >= 0 ? cut + 1 : cut));
            if (base != null && quote != null) {
                return new Named(base + "/" + quote, at + 1, false);
            }
        }
        return null;
    }

    /** The symbol that this is, written as a symbol and not as a name. */
    private String symbolOnly(String text) {
        String symbol = symbol(text);
        return symbol != null && symbol.equalsIgnoreCase(text) ? symbol : null;
    }

    private String symbol(String written) {
        String text = written.endsWith("'s") ? written.substring(0, written.length() - 2) : written;
        String upper = text.toUpperCase(Locale.ROOT);
        String lower = text.toLowerCase(Locale.ROOT);
        String listed = vocabulary.symbols().get(upper);
        boolean common = text.equals(lower) && (lexicon.is("function", lower) || lexicon.is("filler", lower));
        if (listed != null) {
            return common ? null : listed;
        }
        String named = lexicon.symbol(lower);
        if (named == null && lower.endsWith("s") && lower.length() > 3) {
            listed = vocabulary.symbols().get(upper.substring(0, upper.length() - 1));
            return listed;
        }
        if (named == null) {
            return lexicon.is("fiat", upper) ? upper : null;
        }
        return vocabulary.symbols().getOrDefault(named, named);
    }

    /** "on Ethereum" names the network. */
    private boolean isNetwork(List<Token> tokens, int at) {
        return at > 0
                && isWord(tokens, at - 1)
                && BEFORE_A_NETWORK.contains(tokens.get(at - 1).lower())
                && lexicon.symbol(tokens.get(at).lower()) != null
                && !tokens.get(at)
                        .lower()
                        .equalsIgnoreCase(lexicon.symbol(tokens.get(at).lower()));
    }
}
