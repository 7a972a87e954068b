/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.Optional;

/** Finds the transaction that used a nonce, from the sender's nonces at past blocks. */
final class NonceHistory {

    private final EvmNode node;

    NonceHistory(EvmNode node) {
        this.node = node;
    }

    /** What a node shows of a nonce. */
    enum Use {
        /** Not used up to this block, as far as this node knows. That is no evidence of anything: it may lag. */
        NOT_YET,
        /** Used by the transaction that is named. */
        USED,
        /** Used, or perhaps used, and the node does not remember by what. */
        FORGOTTEN
    }

    /**
     * What was found.
     *
     * @param hash the transaction that used the nonce, or null if it is not {@link Use#USED}
     */
    record Finding(Use use, String hash) {

        private static final Finding NOT_YET = new Finding(Use.NOT_YET, null);
        private static final Finding FORGOTTEN = new Finding(Use.FORGOTTEN, null);
    }

    /**
     * Looks back from a block. Errors: those of the node; a node that is asked for a block that it does not have yet, and
     * any other failure, shows nothing.
     *
     * @param newest the block to look back from; what is newer does not count
     */
    Finding find(String sender, long nonce, long newest) {
        try {
            if (!isUsed(sender, nonce, newest)) {
                return Finding.NOT_YET;
            }
            // A nonce that an authorization of EIP-7702 used belongs to no transaction of the sender.
            Optional<String> hash = node.sentIn(firstWith(sender, nonce, newest), sender, nonce);
            return hash.map(found -> new Finding(Use.USED, found)).orElse(Finding.FORGOTTEN);
        } catch (ForgottenException e) {
            return Finding.FORGOTTEN;
        }
    }

    private long firstWith(String sender, long nonce, long newest) throws ForgottenException {
        long above = newest;
        long step = 1;
        long below = above - step;
        while (isUsed(sender, nonce, below)) {
            above = below;
            step *= 2;
            below = Math.max(above - step, -1);
        }
        while (above - below > 1) {
            long middle = below + (above - below) / 2;
            if (isUsed(sender, nonce, middle)) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return above;
    }

    private boolean isUsed(String sender, long nonce, long block) throws ForgottenException {
        return block >= 0 && node.countAt(sender, block).orElseThrow(ForgottenException::new) > nonce;
    }

    private static final class ForgottenException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
