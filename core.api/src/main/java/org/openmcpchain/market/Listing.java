/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

import java.util.List;

/**
 * One installable bundle in the catalogue.
 *
 * @param id the marketplace id, for example {@code org.openmcpchain.tool.dex} (the symbolic name)
 * @param version its version
 * @param kind {@code tool}, {@code inference}, {@code wallet} …
 * @param title a few words
 * @param summary one sentence
 * @param publisher who publishes it
 * @param licence SPDX expression
 * @param sha256 of the jar, lower-case hex
 * @param size of the jar, in bytes
 * @param permissions what it asks for
 * @param installed whether this very version is installed here
 */
public record Listing(
        String id,
        String version,
        String kind,
        String title,
        String summary,
        String publisher,
        String licence,
        String sha256,
        long size,
        List<Permission> permissions,
        boolean installed) {

    /** Copies the permissions. */
    public Listing {
        permissions = List.copyOf(permissions);
    }
}
