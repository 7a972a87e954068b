/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong between the host and a chain. */
public enum ChainError implements ErrorCode {
    CHAIN_UNKNOWN(ErrorTraits.notFound(
            "No network with this id is configured", "List the networks and use one of their ids")),
    CHAIN_UNREACHABLE(
            ErrorTraits.unavailable("The node of this network does not answer", "Check the node, then try again")),
    CHAIN_MISMATCH(ErrorTraits.of(
            Category.EXTERNAL,
            false,
            502,
            GrpcStatus.FAILED_PRECONDITION,
            "The node serves another chain than the configured one",
            "Correct the URL or the chain id of the network")),
    CHAIN_REVERTED(ErrorTraits.of(
            Category.EXTERNAL,
            false,
            422,
            GrpcStatus.FAILED_PRECONDITION,
            "The contract refused the call",
            "Read the reason and change the request")),
    CHAIN_CALL_INVALID(ErrorTraits.invalid(
            "The contract call cannot be encoded or decoded", "Check the function signature and its arguments")),
    CHAIN_FUNDS(ErrorTraits.of(
            Category.EXTERNAL,
            false,
            422,
            GrpcStatus.FAILED_PRECONDITION,
            "The account does not have the funds for this transaction",
            "Fund the account, or send less")),
    CHAIN_NONCE(ErrorTraits.of(
            Category.EXTERNAL,
            true,
            409,
            GrpcStatus.ABORTED,
            "The node refused the nonce",
            "Try again; the nonce is taken from the chain anew")),
    CHAIN_FEE_TOO_LOW(ErrorTraits.of(
            Category.EXTERNAL,
            true,
            409,
            GrpcStatus.ABORTED,
            "The node refused the fee as too low",
            "Try again; the fee is taken from the chain anew")),
    CHAIN_NAME_UNKNOWN(ErrorTraits.invalid(
            "This name is not in the address book of the network",
            "Use an address, or add the name to the network's address book")),
    CHAIN_ASSET_UNKNOWN(
            ErrorTraits.invalid("This asset is not known on the network", "Use an asset that the network lists")),
    CHAIN_OUTCOME_UNKNOWN(ErrorTraits.of(
            Category.EXTERNAL,
            true,
            504,
            GrpcStatus.DEADLINE_EXCEEDED,
            "The transaction was sent and its outcome is not known yet",
            "Wait: the host settles it from the chain and never sends it twice")),
    CHAIN_RPC(ErrorTraits.outside("The node answered with an error", "Read the detail, then try again")),
    DEVNET_UNAVAILABLE(ErrorTraits.unavailable(
            "The development chain cannot be started",
            "Run cnf/fetch/fetch.sh, or configure where anvil is; the host tries again by itself")),
    CHAIN_BUSY(ErrorTraits.limit(
            "Too many transactions of this network are under way",
            "Try again when some of them are mined; nothing was signed"));

    private final ErrorTraits traits;

    ChainError(ErrorTraits traits) {
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
