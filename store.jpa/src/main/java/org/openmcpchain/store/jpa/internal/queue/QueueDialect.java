/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal.queue;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;

/**
 * How db-scheduler speaks to the queue's table: instants in milliseconds and SQL that every database takes, so that no
 * database needs a dialect. Only items of one kind are looked for.
 */
final class QueueDialect extends DefaultJdbcCustomization {

    private final String ofKind;

    /** @param kind a checked name: it becomes part of a statement */
    QueueDialect(String kind) {
        super(true);
        ofKind = " and task_name = '" + kind + "' ";
    }

    @Override
    public String getName() {
        return "OpenMCP-Chain";
    }

    @Override
    public void setInstant(PreparedStatement statement, int index, Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value.toEpochMilli());
        }
    }

    @Override
    public Instant getInstant(ResultSet rows, String column) throws SQLException {
        long millis = rows.getLong(column);
        return rows.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public byte[] getTaskData(ResultSet rows, String column) {
        return null;
    }

    @Override
    public String getQueryLimitPart(int limit) {
        return " limit " + limit;
    }

    @Override
    public String createSelectDueQuery(String table, int limit, String condition, boolean byPriority) {
        return super.createSelectDueQuery(table, limit, condition + ofKind, byPriority);
    }
}
