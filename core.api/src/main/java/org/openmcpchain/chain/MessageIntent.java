/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import org.openmcpchain.policy.SignatureFacts;

/**
 * A wish to have something signed that is not a transaction.
 *
 * @param label what it is within its tool call: the same label is the same signature, also after a restart
 * @param kind what is signed
 * @param content typed data as JSON, a message's text, or 32 bytes as 0x hex
 * @param description why, in plain words
 */
public record MessageIntent(String label, SignatureFacts.Kind kind, String content, String description) {}
