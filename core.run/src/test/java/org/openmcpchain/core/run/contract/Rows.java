/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.contract;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.run.RunState;

/** Rows to fill a store with. */
public final class Rows {

    /** The network of every transaction made here. */
    public static final ChainId CHAIN = ChainId.eip155(31337);

    /** When the oldest row was made. */
    public static final Instant START = Instant.ofEpochMilli(1_790_000_000_123L);

    private Rows() {}

    /** A run without a client id, created {@code minute} minutes after the start. */
    public static RunRecord run(String id, int minute, RunState state) {
        return run(id, Optional.empty(), "swap 0.5 ETH for USDC", minute, state);
    }

    /** A run. */
    public static RunRecord run(String id, Optional<String> clientId, String goal, int minute, RunState state) {
        Instant at = START.plusSeconds(60L * minute);
        return new RunRecord(
                id,
                clientId,
                "alice",
                goal,
                Optional.of(CHAIN.toString()),
                Optional.of("default/default/main"),
                "{\"ticket\":\"T-1\"}",
                state,
                at,
                at,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** An entry; its hash is a hash of its place, because a store does not look at it. */
    public static JournalEntry entry(String stream, long seq, String body) {
        return new JournalEntry(
                stream,
                seq,
                START.plusMillis(seq),
                "test.entry",
                body,
                seq == 1 ? JournalEntry.ORIGIN : Digests.sha256(stream + (seq - 1)),
                Digests.sha256(stream + seq));
    }

    /** A signed transaction of run {@code r1}. */
    public static TransactionRecord transaction(String key, String from, long nonce, TransactionState state) {
        Instant at = START.plusSeconds(nonce);
        return new TransactionRecord(
                key,
                "0x" + Digests.sha256(key),
                "r1",
                "1.0",
                "swap",
                "swap ETH for USDC",
                CHAIN,
                from,
                "0x7a250d5630b4cf539739df2c5dacb4c659f2488d",
                nonce,
                new BigInteger("115792089237316195423570985008687907853269984665640564039457584007913129639935"),
                "0x02f8b1",
                state,
                null,
                null,
                null,
                null,
                null,
                at,
                at);
    }
}
