/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

/** What is known of an entry from elsewhere than its row; {@code source} is a sentence that lacks only its object. */
record KnownEntry(long seq, String hash, String source) {}
