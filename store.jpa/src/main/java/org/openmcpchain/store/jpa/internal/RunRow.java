/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.time.Instant;
import java.util.Optional;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.EnumType;
import javax.persistence.Enumerated;
import javax.persistence.Id;
import javax.persistence.Lob;
import javax.persistence.Table;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.run.RunState;

/** A run. */
@Entity
@Table(name = "runs")
class RunRow {

    @Id
    @Column(name = "id")
    private String id;

    @Column(name = "client_id")
    private String clientId;

    @Column(name = "principal")
    private String principal;

    @Column(name = "goal")
    private String goal;

    @Column(name = "goal_folded")
    private String goalFolded;

    @Column(name = "network")
    private String network;

    @Column(name = "session_key")
    private String session;

    @Column(name = "metadata")
    private String metadata;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private RunState state;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "updated_at")
    private long updatedAt;

    @Column(name = "ended_at")
    private Long endedAt;

    @Column(name = "attempts")
    private int attempts;

    @Lob
    @Column(name = "reply")
    private String reply;

    @Lob
    @Column(name = "thought")
    private String thought;

    @Lob
    @Column(name = "result")
    private String result;

    @Column(name = "error_code")
    private String errorCode;

    @Column(name = "error_detail")
    private String errorDetail;

    @Column(name = "provider")
    private String provider;

    @Column(name = "receipt_digest")
    private String receiptDigest;

    /** For JPA. */
    protected RunRow() {}

    RunRow(String id) {
        this.id = id;
    }

    RunRow become(RunRecord run) {
        clientId = run.clientId().orElse(null);
        principal = run.principal();
        goal = run.goal();
        goalFolded = GoalText.fold(run.goal());
        network = run.network().orElse(null);
        session = run.session().orElse(null);
        metadata = run.metadata();
        state = run.state();
        createdAt = run.createdAt().toEpochMilli();
        updatedAt = run.updatedAt().toEpochMilli();
        endedAt = run.endedAt().map(Instant::toEpochMilli).orElse(null);
        attempts = run.attempts();
        reply = run.reply().orElse(null);
        thought = run.thought().orElse(null);
        result = run.result().orElse(null);
        errorCode = run.errorCode().orElse(null);
        errorDetail = run.errorDetail().orElse(null);
        provider = run.provider().orElse(null);
        receiptDigest = run.receiptDigest().orElse(null);
        return this;
    }

    RunRecord toRecord() {
        return new RunRecord(
                id,
                Optional.ofNullable(clientId),
                principal,
                goal,
                Optional.ofNullable(network),
                Optional.ofNullable(session),
                metadata,
                state,
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(updatedAt),
                Optional.ofNullable(endedAt).map(Instant::ofEpochMilli),
                attempts,
                Optional.ofNullable(reply),
                Optional.ofNullable(thought),
                Optional.ofNullable(result),
                Optional.ofNullable(errorCode),
                Optional.ofNullable(errorDetail),
                Optional.ofNullable(provider),
                Optional.ofNullable(receiptDigest));
    }
}
