/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

/** A rule of thumb for what a model counts: four characters are a token, and a part of one is one. */
final class Tokens {

    private static final int CHARACTERS = 4;

    private Tokens() {}

    static int of(String text) {
        return of(text.length());
    }

    static int of(int characters) {
        return (characters + CHARACTERS - 1) / CHARACTERS;
    }
}
