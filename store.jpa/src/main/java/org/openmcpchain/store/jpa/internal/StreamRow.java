/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** The name of a stream, written with its first entry: a list of streams need not walk the whole journal. */
@Entity
@Table(name = "journal_streams")
class StreamRow {

    @Id
    @Column(name = "stream")
    private String stream;

    /** For JPA. */
    protected StreamRow() {}

    StreamRow(String stream) {
        this.stream = stream;
    }
}
