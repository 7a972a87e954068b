/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The hash over all rows: each key and its row in canonical JSON, in the order of the keys. For one thread. */
final class StateHash {

    private final MessageDigest digest = NewFile.digest();

    void add(String key, String json) {
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(json.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** Lower-case hex. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
