/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong with the journal and its store. */
public enum JournalError implements ErrorCode {
    JOURNAL_UNAVAILABLE(ErrorTraits.unavailable(
            "The journal cannot be written", "Check disk space and the database; nothing unacknowledged was promised")),
    JOURNAL_BROKEN(ErrorTraits.of(
            Category.INTERNAL,
            false,
            500,
            GrpcStatus.DATA_LOSS,
            "The hash chain of a stream is broken",
            "Stop, keep a copy of the database, and look at the named entry")),
    STREAM_UNKNOWN(
            ErrorTraits.notFound("There is no stream with this name", "List the streams and use one of their names")),
    ENTRY_TOO_LARGE(ErrorTraits.tooLarge(
            "A journal entry is larger than the limit", "Store the large value elsewhere and journal its digest")),
    STREAM_ENDED(ErrorTraits.conflict(
            "The stream has ended and takes no more entries", "Append to the stream of the host instead")),
    SNAPSHOT_UNKNOWN(
            ErrorTraits.notFound("There is no snapshot with this id", "List the snapshots and use one of their ids")),
    SNAPSHOT_BROKEN(ErrorTraits.of(
            Category.INTERNAL,
            false,
            500,
            GrpcStatus.DATA_LOSS,
            "A snapshot is not what its hash says",
            "Use an older snapshot, and look at who changed the file"));

    private final ErrorTraits traits;

    JournalError(ErrorTraits traits) {
        this.traits = traits;
    }

    @Override
    public Category category() {
        return traits.category();
    }

    @Override
    public boolean retryable() {
        return traits.retryable();
    }

    @Override
    public int httpStatus() {
        return traits.httpStatus();
    }

    @Override
    public GrpcStatus grpcStatus() {
        return traits.grpcStatus();
    }

    @Override
    public String summary() {
        return traits.summary();
    }

    @Override
    public String remedy() {
        return traits.remedy();
    }
}
