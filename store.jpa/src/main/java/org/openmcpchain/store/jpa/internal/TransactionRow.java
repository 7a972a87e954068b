/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.math.BigInteger;
import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.EnumType;
import javax.persistence.Enumerated;
import javax.persistence.Id;
import javax.persistence.Table;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;

/** A signed transaction. Amounts are decimal text, because no database here has an integer of 256 bits. */
@Entity
@Table(name = "chain_transactions")
class TransactionRow {

    @Id
    @Column(name = "idempotency_key")
    private String idempotencyKey;

    @Column(name = "tx_hash")
    private String hash;

    @Column(name = "run_id")
    private String runId;

    @Column(name = "call_id")
    private String callId;

    @Column(name = "label")
    private String label;

    @Column(name = "description")
    private String description;

    @Column(name = "chain")
    private String chain;

    @Column(name = "from_address")
    private String from;

    @Column(name = "to_address")
    private String to;

    @Column(name = "nonce")
    private long nonce;

    @Column(name = "value_units")
    private String value;

    @Column(name = "raw_transaction")
    private String rawTransaction;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private TransactionState state;

    @Column(name = "block_number")
    private Long blockNumber;

    @Column(name = "block_hash")
    private String blockHash;

    @Column(name = "gas_used")
    private String gasUsed;

    @Column(name = "effective_gas_price")
    private String effectiveGasPrice;

    @Column(name = "detail")
    private String detail;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "updated_at")
    private long updatedAt;

    /** For JPA. */
    protected TransactionRow() {}

    TransactionRow(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    TransactionRow become(TransactionRecord transaction) {
        hash = transaction.hash();
        runId = transaction.runId();
        callId = transaction.callId();
        label = transaction.label();
        description = transaction.description();
        chain = transaction.chain().toString();
        from = transaction.from();
        to = transaction.to();
        nonce = transaction.nonce();
        value = transaction.value().toString();
        rawTransaction = transaction.rawTransaction();
        state = transaction.state();
        blockNumber = transaction.blockNumber();
        blockHash = transaction.blockHash();
        gasUsed = decimal(transaction.gasUsed());
        effectiveGasPrice = decimal(transaction.effectiveGasPrice());
        detail = transaction.detail();
        createdAt = transaction.createdAt().toEpochMilli();
        updatedAt = transaction.updatedAt().toEpochMilli();
        return this;
    }

    TransactionRecord toRecord() {
        return new TransactionRecord(
                idempotencyKey,
                hash,
                runId,
                callId,
                label,
                description,
                ChainId.parse(chain),
                from,
                to,
                nonce,
                new BigInteger(value),
                rawTransaction,
                state,
                blockNumber,
                blockHash,
                amount(gasUsed),
                amount(effectiveGasPrice),
                detail,
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(updatedAt));
    }

    private static String decimal(BigInteger amount) {
        return amount == null ? null : amount.toString();
    }

    private static BigInteger amount(String decimal) {
        return decimal == null ? null : new BigInteger(decimal);
    }
}
