/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

/**
 * A signed statement about a run.
 *
 * @param runId the run
 * @param payloadDigest SHA-256 of the payload's bytes, lower-case hex
 * @param keyId the id of the signing key: SHA-256 of its X.509 encoding, lower-case hex
 * @param envelope the DSSE envelope as JSON text, the whole receipt
 */
public record Receipt(String runId, String payloadDigest, String keyId, String envelope) {}
