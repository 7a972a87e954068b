/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

/** What one step inside a transaction or a signed message does. */
public enum ActionKind {
    /** The chain's coin changes hands. */
    COIN_TRANSFER,
    /** A fungible token changes hands. */
    TOKEN_TRANSFER,
    /** Somebody may take a fungible token from now on: {@code approve}, {@code increaseAllowance}. */
    TOKEN_APPROVAL,
    /** A single non-fungible or semi-fungible token changes hands. */
    NFT_TRANSFER,
    /** Somebody may take one non-fungible token from now on. */
    NFT_APPROVAL,
    /** Somebody may take all tokens of a contract from now on: {@code setApprovalForAll}. */
    OPERATOR_APPROVAL,
    /** A signed allowance, which whoever holds the signature can use: ERC-2612, DAI, Permit2. */
    PERMIT,
    /** A signed transfer, which whoever holds the signature can use: EIP-3009, Permit2 transfers. */
    TRANSFER_AUTHORIZATION,
    /** The code of another contract runs with the rights of the caller. */
    DELEGATE_CALL,
    /** A contract is created. */
    CONTRACT_CREATION,
    /** A function is called that is known but not one of the above. */
    CONTRACT_CALL,
    /** A function is called, or a structure signed, that nobody here can read. */
    UNREADABLE,
    /** A personal message is signed: words without a known meaning on a chain. */
    MESSAGE,
    /** A bare digest is signed: it can mean anything. */
    RAW_DIGEST
}
