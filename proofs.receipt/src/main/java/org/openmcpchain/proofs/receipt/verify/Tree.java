/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.util.List;
import java.util.Map;

/** Looks into JSON of unknown shape: what is missing or of another kind is empty, and then no rule holds for it. */
final class Tree {

    private Tree() {}

    static Map<?, ?> object(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static String text(Object value) {
        return value instanceof String text ? text : "";
    }

    /** The text at the end of a path of names. */
    static String text(Object value, String... path) {
        Object at = value;
        for (String name : path) {
            at = object(at).get(name);
        }
        return text(at);
    }
}
