/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends JpaStoreContract {

    @TempDir
    private static Path directory;

    @Override
    OpenStore open() throws Exception {
        return OpenStore.h2(directory);
    }
}
