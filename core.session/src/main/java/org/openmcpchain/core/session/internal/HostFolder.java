/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** Folders of the host; without a host, in a test, the bundle's own. */
enum HostFolder {
    /** Where data goes. */
    DATA("karaf.data"),
    /** Where configuration lies. */
    ETC("karaf.etc");

    private final String property;

    HostFolder(String property) {
        this.property = property;
    }

    Path in(BundleContext context) {
        String folder = context.getProperty(property);
        return folder == null ? context.getDataFile("").toPath() : Path.of(folder);
    }
}
