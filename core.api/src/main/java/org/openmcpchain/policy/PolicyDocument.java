/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.time.Instant;

/**
 * One version of the policy.
 *
 * @param version 1 for the first, then one more each
 * @param digest the SHA-256 of its canonical form, lower-case hex
 * @param label what verdicts name: the version and the beginning of the digest, {@code 3-9f2c…}
 * @param text the policy as it was written, YAML
 * @param principal who put it in force
 * @param at when
 */
public record PolicyDocument(long version, String digest, String label, String text, String principal, Instant at) {}
