/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.openmcpchain.journal.JournalEntry;

/** A journal entry. Inserted once, never changed. */
@Entity
@Table(name = "journal_entries")
@IdClass(EntryRow.Key.class)
class EntryRow {

    @Id
    @Column(name = "stream")
    private String stream;

    @Id
    @Column(name = "seq")
    private long seq;

    @Column(name = "recorded_at")
    private long at;

    @Column(name = "entry_type")
    private String type;

    @Column(name = "body")
    private String body;

    @Column(name = "previous_hash")
    private String previous;

    @Column(name = "entry_hash")
    private String hash;

    /** For JPA. */
    protected EntryRow() {}

    EntryRow(JournalEntry entry) {
        this.stream = entry.stream();
        this.seq = entry.seq();
        this.at = entry.at().toEpochMilli();
        this.type = entry.type();
        this.body = entry.body();
        this.previous = entry.previous();
        this.hash = entry.hash();
    }

    JournalEntry toEntry() {
        return new JournalEntry(stream, seq, Instant.ofEpochMilli(at), type, body, previous, hash);
    }

    /** Stream and sequence number. JPA 2.2 wants a class with this shape; a record will not do. */
    public static final class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private String stream;
        private long seq;

        /** For JPA. */
        public Key() {}

        Key(String stream, long seq) {
            this.stream = stream;
            this.seq = seq;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.seq == seq && Objects.equals(key.stream, stream);
        }

        @Override
        public int hashCode() {
            return Objects.hash(stream, seq);
        }
    }
}
