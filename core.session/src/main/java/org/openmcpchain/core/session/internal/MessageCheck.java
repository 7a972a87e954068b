/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.session.Message;
import org.openmcpchain.session.SessionKey;

/** Refuses what cannot be kept, before anything is written. Thread-safe. */
final class MessageCheck {

    private static final int MAX_TEXT = 4_000;
    private static final int MAX_PRINCIPAL = 128;
    private static final int MAX_KEY = 512;
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final Predicate<String> knowsNetwork;

    MessageCheck(Predicate<String> knowsNetwork) {
        this.knowsNetwork = knowsNetwork;
    }

    /** The form alone. Error: {@code REQUEST_INVALID}. */
    static void form(Message message) {
        principal(message.principal());
        refuseUnless(isText(message.text(), MAX_TEXT), "text", "1 to 4,000 characters, not only blanks");
        message.clientId()
                .ifPresent(id ->
                        refuseUnless(CLIENT_ID.matcher(id).matches(), "clientId", "1 to 64 of A-Z a-z 0-9 . _ : -"));
        message.network()
                .ifPresent(name -> refuseUnless(isChainId(name), "network", "a CAIP-2 name, for example eip155:1"));
    }

    /** Error: {@code REQUEST_INVALID}. */
    static void principal(String principal) {
        refuseUnless(isText(principal, MAX_PRINCIPAL), "principal", "1 to 128 characters");
    }

    /** Error: {@code REQUEST_INVALID}. */
    static void refuseUnless(boolean condition, String field, String rule) {
        if (!condition) {
            throw HostException.of(RequestError.REQUEST_INVALID, "field", field, "rule", rule);
        }
    }

    /** The canonical form of a key. Error: {@code SESSION_KEY_INVALID}. */
    static String key(String text) {
        if (text == null || text.length() > MAX_KEY) {
            throw HostException.of(RunError.SESSION_KEY_INVALID, "detail", "a key has at most 512 characters");
        }
        try {
            return SessionKey.parse(text).toString();
        } catch (IllegalArgumentException e) {
            throw HostException.caused(e, RunError.SESSION_KEY_INVALID, "detail", e.getMessage());
        }
    }

    /** Whether the network that it names is there. Error: {@code CHAIN_UNKNOWN}. */
    void network(Message message) {
        message.network().filter(knowsNetwork.negate()).ifPresent(network -> {
            throw HostException.of(ChainError.CHAIN_UNKNOWN, "network", network);
        });
    }

    private static boolean isChainId(String network) {
        try {
            return ChainId.parse(network).toString().equals(network);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isText(String text, int longest) {
        return text != null && !text.isBlank() && text.length() <= longest && isStorable(text);
    }

    /** Whether every store can hold it as it is: well-formed Unicode without U+0000. */
    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }
}
