/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The canonical name of a session: {@code <workspace>/<agent>/main}, {@code …/dm/<peer>}, {@code …/group/<group>} or
 * {@code …/thread/<thread>}. Names that mean the same become the same key: blanks around a part are removed, letters become
 * small, and a missing workspace or agent becomes {@code default}.
 *
 * @param workspace 1 to 32 of {@code [a-z0-9._-]}
 * @param agent 1 to 32 of {@code [a-z0-9._-]}
 * @param kind what kind of conversation it is
 * @param id the peer, group or thread, 1 to 40 of {@code [a-z0-9._:@-]}; empty for {@link Kind#MAIN}
 */
public record SessionKey(String workspace, String agent, Kind kind, String id) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,32}");
    private static final Pattern ID = Pattern.compile("[a-z0-9._:@-]{1,40}");
    private static final String DEFAULT = "default";

    /** The kinds of conversation. */
    public enum Kind {
        /** The one main conversation with an agent. */
        MAIN,
        /** With one person. */
        DM,
        /** With a group. */
        GROUP,
        /** A thread beside the others. */
        THREAD
    }

    /** Checks the parts. */
    public SessionKey {
        Objects.requireNonNull(kind, "kind");
        requireMatch(NAME, workspace, "workspace");
        requireMatch(NAME, agent, "agent");
        if (kind == Kind.MAIN ? !id.isEmpty() : !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a " + text(kind) + " session needs "
                    + (kind == Kind.MAIN ? "no id" : "an id of 1 to 40 of a-z 0-9 . _ : @ -"));
        }
    }

    /**
     * Reads a key in any of its forms: {@code main}, {@code dm/bob}, {@code trader/main}, {@code desk/trader/group/ops}. In
     * a short form a last {@code main} is always the kind: {@code dm/main} is the main session of an agent {@code dm}.
     *
     * @throws IllegalArgumentException if it has none of them; the message says why
     */
    public static SessionKey parse(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].strip();
        }
        int last = parts.length - 1;
        // In the whole form the kind stands in the third place, so that a peer may be called main, too.
        boolean isMain = last < 3 && parts[last].equals("main");
        int kindAt = isMain ? last : last - 1;
        if (kindAt < 0 || kindAt > 2) {
            throw new IllegalArgumentException(
                    "a session key is [workspace/][agent/]main, dm/<id>, group/<id> or thread/<id>");
        }
        Kind kind = isMain ? Kind.MAIN : kind(parts[kindAt]);
        String agent = kindAt >= 1 ? parts[kindAt - 1] : DEFAULT;
        String workspace = kindAt == 2 ? parts[0] : DEFAULT;
        return new SessionKey(workspace, agent, kind, isMain ? "" : parts[last]);
    }

    private static Kind kind(String text) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.MAIN && text(kind).equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("a session is main, dm/<id>, group/<id> or thread/<id>, not " + text);
    }

    private static String text(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void requireMatch(Pattern pattern, String text, String part) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("the " + part + " of a session key is 1 to 32 of a-z 0-9 . _ -");
        }
    }

    /** The journal stream of the session. */
    public String stream() {
        return "session/" + this;
    }

    /** The canonical form; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return workspace + "/" + agent + "/" + text(kind) + (kind == Kind.MAIN ? "" : "/" + id);
    }
}
