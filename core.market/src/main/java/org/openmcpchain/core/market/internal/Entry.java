/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.util.List;
import java.util.Locale;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Listing;
import org.openmcpchain.market.Permission;
import org.osgi.framework.Version;

/** One release in the catalogue, as far as this host needs it. */
record Entry(
        String id,
        Version version,
        String kind,
        String title,
        String summary,
        String publisher,
        String licence,
        String sha256,
        long size,
        List<Permission> permissions) {

    Entry {
        permissions = List.copyOf(permissions);
    }

    BundleRef bundle() {
        return new BundleRef(id, version.toString(), sha256);
    }

    /** A blob is named by what it is: whatever a catalogue says, no other file of the index is ever asked for. */
    String blobPath() {
        return "blobs/sha256/" + sha256.substring(0, 2) + "/" + sha256;
    }

    boolean holdsAll(List<String> words) {
        String text = (id + " " + title + " " + summary).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }

    Listing listing(boolean installed) {
        return new Listing(
                id, version.toString(), kind, title, summary, publisher, licence, sha256, size, permissions, installed);
    }
}
