/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.access.internal;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openmcpchain.proof.Digests;

/**
 * A key as it travels: {@code omk_<id>_<secret>}. The id finds the key, the secret proves it. The prefix is there so
 * that scanners find keys that were published by mistake.
 *
 * @param id 16 hex digits, public
 * @param secret 256 random bits in base64url, 43 characters
 */
record KeyText(String id, String secret) {

    private static final int LENGTH = 64;
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("omk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");

    static KeyText random(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new KeyText(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Empty for anything that is not of this form; a text of another length is not even looked at. */
    static Optional<KeyText> parse(String text) {
        if (text == null || text.length() != LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** What is stored. A plain hash is enough: nobody guesses 256 random bits, however fast the hash. */
    String secretHash() {
        return Digests.sha256(secret);
    }

    /** The whole key. */
    String text() {
        return "omk_" + id + "_" + secret;
    }

    @Override
    public String toString() {
        return "KeyText[" + id + "]";
    }
}
