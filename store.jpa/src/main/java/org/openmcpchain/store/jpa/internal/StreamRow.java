/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.util.Optional;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.openmcpchain.core.run.StreamHead;

/**
 * A stream and its end. A list of streams need not walk the whole journal, and an end that is kept apart shows when a tail was
 * cut off. It moves with each batch; {@link HeadWriter} does that without reading it first.
 */
@Entity
@Table(name = "journal_streams")
class StreamRow {

    /** The stream may go on. */
    static final int OPEN = 0;
    /** Its run has ended. */
    static final int ENDED = 1;
    /** Its entries are in an archive. */
    static final int ARCHIVED = 2;

    @Id
    @Column(name = "stream")
    private String stream;

    @Column(name = "head_seq")
    private long seq;

    @Column(name = "head_hash")
    private String hash;

    @Column(name = "head_epoch")
    private long epoch;

    @Column(name = "state")
    private int state;

    @Column(name = "archive")
    private String archive;

    /** For JPA. */
    protected StreamRow() {}

    /** A stream whose end nobody wrote down. */
    StreamRow(String stream) {
        this.stream = stream;
        this.hash = "";
    }

    StreamRow(StreamHead head) {
        this.stream = head.stream();
        this.seq = head.seq();
        this.hash = head.hash();
        this.epoch = head.epoch();
        this.state = stateOf(head);
        this.archive = head.archive().orElse(null);
    }

    static int stateOf(StreamHead head) {
        if (head.archive().isPresent()) {
            return ARCHIVED;
        }
        return head.ended() ? ENDED : OPEN;
    }

    StreamHead toHead() {
        return new StreamHead(stream, seq, hash, state != OPEN, epoch, Optional.ofNullable(archive));
    }
}
