/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

/**
 * A bundle by name, version and content.
 *
 * @param symbolicName the bundle's symbolic name
 * @param version the bundle's version
 * @param sha256 the SHA-256 of the jar as it was installed, lower-case hex, or {@code unknown}
 */
public record BundleRef(String symbolicName, String version, String sha256) {

    /** The digest of a bundle whose jar cannot be read. */
    public static final String UNKNOWN_DIGEST = "unknown";

    @Override
    public String toString() {
        return symbolicName + "/" + version;
    }
}
