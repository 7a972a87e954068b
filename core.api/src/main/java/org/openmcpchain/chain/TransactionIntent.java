/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import java.math.BigInteger;
import java.util.Optional;

/**
 * What a tool wants to be done on a chain, before anything is crafted or signed. Immutable; made with
 * {@link #builder(String)}.
 */
public final class TransactionIntent {

    private final String label;
    private final String description;
    private final String to;
    private final ContractCall call;
    private final BigInteger value;

    private TransactionIntent(Builder builder) {
        this.label = builder.label;
        this.description = builder.description;
        this.to = builder.to;
        this.call = builder.call;
        this.value = builder.value;
    }

    /**
     * Starts an intent.
     *
     * @param label what this transaction is within its tool call, for example {@code approve} or {@code swap}: 1 to 64
     *     of {@code [a-z0-9-]}. The label and the tool call together are the idempotency key, so a repeated call with
     *     the same label never sends a second transaction: it gets the outcome of the first.
     */
    public static Builder builder(String label) {
        return new Builder(label);
    }

    /** The name of this transaction within its tool call. */
    public String label() {
        return label;
    }

    /** One sentence for people: what this does. */
    public String description() {
        return description;
    }

    /** The 0x address of the receiver: the called contract, or the account that gets the value. */
    public String to() {
        return to;
    }

    /** The contract call, or empty for a plain transfer. */
    public Optional<ContractCall> call() {
        return Optional.ofNullable(call);
    }

    /** The value sent along, in base units of the chain's coin (wei). */
    public BigInteger value() {
        return value;
    }

    /** Collects the parts of an intent. Not thread-safe. */
    public static final class Builder {

        private final String label;
        private String description = "";
        private String to;
        private ContractCall call;
        private BigInteger value = BigInteger.ZERO;

        private Builder(String label) {
            if (!label.matches("[a-z0-9-]{1,64}")) {
                throw new IllegalArgumentException("a label has 1 to 64 of a-z, 0-9 and -");
            }
            this.label = label;
        }

        /** One sentence for people: what this does. */
        public Builder description(String text) {
            this.description = text;
            return this;
        }

        /** Calls a contract function. */
        public Builder call(ContractCall contractCall) {
            this.call = contractCall;
            this.to = contractCall.to();
            return this;
        }

        /** Sends value to an account without calling anything. */
        public Builder to(String address) {
            this.to = address;
            return this;
        }

        /** The value sent along, in base units of the chain's coin (wei); zero if not set. */
        public Builder value(BigInteger units) {
            if (units.signum() < 0) {
                throw new IllegalArgumentException("a value is never negative");
            }
            this.value = units;
            return this;
        }

        /** @throws IllegalArgumentException if there is neither a call nor a receiver */
        public TransactionIntent build() {
            if (to == null) {
                throw new IllegalArgumentException("an intent needs a call or a receiver");
            }
            return new TransactionIntent(this);
        }
    }
}
