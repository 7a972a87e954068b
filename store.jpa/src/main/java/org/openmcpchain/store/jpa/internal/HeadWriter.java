/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.persistence.EntityManager;
import javax.persistence.PersistenceException;
import org.openmcpchain.core.run.StreamHead;

/**
 * Moves the ends of streams. Each batch of the journal moves one for each of its streams, so this is one statement for all of
 * them, and none of them is read first.
 */
final class HeadWriter {

    private static final String MOVE =
            "update journal_streams set head_seq = ?, head_hash = ?, head_epoch = ?, state = ?,"
                    + " archive = ? where stream = ?";

    private final Map<String, StreamHead> heads = new LinkedHashMap<>();

    void move(StreamHead head) {
        heads.put(head.stream(), head);
    }

    boolean moves(String stream) {
        return heads.containsKey(stream);
    }

    /** @param fresh streams that have their first entry in this commit */
    void writeTo(EntityManager em, Set<String> fresh) {
        List<StreamHead> known = new ArrayList<>();
        for (StreamHead head : heads.values()) {
            if (fresh.contains(head.stream())) {
                em.persist(new StreamRow(head));
            } else {
                known.add(head);
            }
        }
        if (!known.isEmpty()) {
            update(em, known);
        }
    }

    private static void update(EntityManager em, List<StreamHead> heads) {
        // The connection of this transaction; the pool wants it back from nobody but EclipseLink.
        Connection connection = em.unwrap(Connection.class);
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            for (StreamHead head : heads) {
                statement.setLong(1, head.seq());
                statement.setString(2, head.hash());
                statement.setLong(3, head.epoch());
                statement.setInt(4, StreamRow.stateOf(head));
                statement.setString(5, head.archive().orElse(null));
                statement.setString(6, head.stream());
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    em.persist(new StreamRow(heads.get(i)));
                }
            }
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }
}
