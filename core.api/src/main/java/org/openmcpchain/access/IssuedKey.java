/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.access;

/**
 * A fresh API key. The only time that its secret can be seen.
 *
 * @param key the whole key, to be sent as a bearer token; never logged
 * @param info the key without its secret
 */
public record IssuedKey(String key, ApiKeyInfo info) {

    @Override
    public String toString() {
        return "IssuedKey[" + info.id() + "]";
    }
}
