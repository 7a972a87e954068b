/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet;

/**
 * The signed bytes.
 *
 * @param hash the transaction hash, 0x hex
 * @param raw the bytes to send, 0x hex
 */
public record SignedTransaction(String hash, String raw) {}
