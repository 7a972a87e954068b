/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet;

/**
 * An account that can sign.
 *
 * @param address its 0x address, EIP-55 checksummed
 * @param label how the operator calls it
 * @param wallet the id of the wallet that holds its key
 */
public record WalletAccount(String address, String label, String wallet) {}
