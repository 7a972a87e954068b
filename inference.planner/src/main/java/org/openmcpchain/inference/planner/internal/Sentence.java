/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.List;

/**
 * A goal, or one clause of it, cut into tokens and values.
 *
 * @param text the words, plain (see {@link Lexer#plain})
 * @param tokens the tokens
 * @param entities the values, in order
 */
record Sentence(String text, List<Token> tokens, List<Entity> entities) {

    /** Reads a text. */
    static Sentence read(Lexicon lexicon, Vocabulary vocabulary, String goal) {
        String text = Lexer.plain(goal);
        List<Token> tokens = new Lexer(lexicon).tokens(text);
        return new Sentence(text, tokens, new EntityReader(lexicon, vocabulary, text, tokens).read());
    }

    /** The words from one token to another, as they were written. */
    String words(int first, int last) {
        return text.substring(tokens.get(first).start(), tokens.get(last).end());
    }

    /** The value that this token is a part of, or null. */
    Entity entityAt(int token) {
        for (Entity entity : entities) {
            if (entity.first() <= token && token <= entity.last()) {
                return entity;
            }
        }
        return null;
    }

    /** The lower-case word at this token, or an empty text for anything else. */
    String word(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isWord()
                ? tokens.get(at).lower()
                : "";
    }
}
