/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.nio.file.Path;
import java.util.Locale;
import org.openmcpchain.session.SessionKey;

/** Where the files of a session lie: a folder for each part of its key. Different keys have different folders. */
final class SessionFolder {

    private SessionFolder() {}

    static Path of(Path root, String key) {
        SessionKey parts = SessionKey.parse(key);
        Path folder = root.resolve(name(parts.workspace())).resolve(name(parts.agent()));
        String kind = parts.kind().name().toLowerCase(Locale.ROOT);
        return parts.id().isEmpty()
                ? folder.resolve(kind)
                : folder.resolve(kind).resolve(name(parts.id()));
    }

    /** A part of a key may be {@code ..}; as the name of a folder it must not. The per cent sign is in no key. */
    private static String name(String part) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            boolean inner = c == '.' && i > 0 && i < part.length() - 1;
            name.append(plain || inner ? String.valueOf(c) : "%" + Integer.toHexString(c));
        }
        return name.toString();
    }
}
