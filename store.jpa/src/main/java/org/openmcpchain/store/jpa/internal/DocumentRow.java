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
import org.openmcpchain.core.run.StoredDocument;

/** A document. */
@Entity
@Table(name = "documents")
@IdClass(DocumentRow.Key.class)
class DocumentRow {

    @Id
    @Column(name = "collection")
    private String collection;

    @Id
    @Column(name = "id")
    private String id;

    @Column(name = "body")
    private String body;

    @Column(name = "updated_at")
    private long updatedAt;

    /** For JPA. */
    protected DocumentRow() {}

    DocumentRow(Key key) {
        this.collection = key.collection;
        this.id = key.id;
    }

    DocumentRow become(StoredDocument document) {
        this.body = document.body();
        this.updatedAt = document.updatedAt().toEpochMilli();
        return this;
    }

    StoredDocument toDocument() {
        return new StoredDocument(collection, id, body, Instant.ofEpochMilli(updatedAt));
    }

    /** Collection and id. JPA 2.2 wants a class with this shape; a record will not do. */
    public static final class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private String collection;
        private String id;

        /** For JPA. */
        public Key() {}

        Key(String collection, String id) {
            this.collection = collection;
            this.id = id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Objects.equals(key.collection, collection) && Objects.equals(key.id, id);
        }

        @Override
        public int hashCode() {
            return Objects.hash(collection, id);
        }
    }
}
