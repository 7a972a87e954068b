/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Provenance;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;

/** What the agent needs around it and what is not measured: LangChain4j has none of it. */
final class Surroundings {

    /** Allows everything. */
    static final PolicyGate GATE = new PolicyGate() {

        private final Verdict yes = new Verdict(Decision.ALLOW, "bench", "1-bench", "it is a measurement", "ab");

        @Override
        public Verdict decide(Intent intent) {
            return yes;
        }

        @Override
        public String policyVersion() {
            return yes.policyVersion();
        }
    };

    /** Names every class alike. */
    static final Provenance PROVENANCE = new Provenance() {

        private final BundleRef bundle = new BundleRef("org.openmcpchain.bench", "1.0.0", BundleRef.UNKNOWN_DIGEST);

        @Override
        public BundleRef bundleOf(Class<?> type) {
            return bundle;
        }

        @Override
        public List<BundleRef> active() {
            return List.of(bundle);
        }
    };

    /** Holds nothing. */
    static final TransactionLog NO_TRANSACTIONS = new TransactionLog() {

        @Override
        public Optional<TransactionRecord> find(String idempotencyKey) {
            return Optional.empty();
        }

        @Override
        public Optional<TransactionRecord> byHash(String hash) {
            return Optional.empty();
        }

        @Override
        public List<TransactionRecord> ofRun(String runId) {
            return List.of();
        }

        @Override
        public List<TransactionRecord> open(ChainId chain) {
            return List.of();
        }

        @Override
        public OptionalLong highestNonce(ChainId chain, String from) {
            return OptionalLong.empty();
        }

        @Override
        public void signed(TransactionRecord record) {
            throw new UnsupportedOperationException("the tool of the measurement sends nothing");
        }

        @Override
        public void advanced(TransactionRecord record) {
            throw new UnsupportedOperationException("the tool of the measurement sends nothing");
        }
    };

    private Surroundings() {}
}
