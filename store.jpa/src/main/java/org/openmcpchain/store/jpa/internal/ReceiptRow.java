/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Lob;
import javax.persistence.Table;
import org.openmcpchain.proof.Receipt;

/** The receipt of a run. Inserted once, never changed. */
@Entity
@Table(name = "receipts")
class ReceiptRow {

    @Id
    @Column(name = "run_id")
    private String runId;

    @Column(name = "payload_digest")
    private String payloadDigest;

    @Column(name = "key_id")
    private String keyId;

    @Lob
    @Column(name = "envelope")
    private String envelope;

    /** For JPA. */
    protected ReceiptRow() {}

    ReceiptRow(Receipt receipt) {
        this.runId = receipt.runId();
        this.payloadDigest = receipt.payloadDigest();
        this.keyId = receipt.keyId();
        this.envelope = receipt.envelope();
    }

    Receipt toReceipt() {
        return new Receipt(runId, payloadDigest, keyId, envelope);
    }
}
