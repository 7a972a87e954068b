/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

/**
 * A key that signs receipts, or once did.
 *
 * @param keyId SHA-256 of the X.509 encoding of the public key, lower-case hex
 * @param algorithm {@code Ed25519}
 * @param publicKey the public key in PEM form (X.509 SubjectPublicKeyInfo); lines in front of it, such as
 *     {@code Retired: <time>}, are notes about it
 * @param current whether new receipts are signed with it
 */
public record ReceiptKey(String keyId, String algorithm, String publicKey, boolean current) {}
