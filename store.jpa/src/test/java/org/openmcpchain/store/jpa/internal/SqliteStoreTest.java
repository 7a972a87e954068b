/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends JpaStoreContract {

    @TempDir
    private static Path directory;

    @Override
    OpenStore open() throws Exception {
        return OpenStore.sqlite(directory);
    }

    @Test
    void refusesAUrlUnderWhichAcknowledgedEntriesCouldBeLost() {
        String url = "jdbc:sqlite:" + directory.resolve("careless.db") + "?journal_mode=WAL&synchronous=NORMAL";

        assertThatThrownBy(() -> OpenStore.at(url, "", ""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("synchronous=FULL");
    }
}
