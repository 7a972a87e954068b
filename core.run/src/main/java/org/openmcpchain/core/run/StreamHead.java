/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.util.Optional;

/**
 * The end of a stream. It is kept apart from the entries and moves with them in one transaction, so that a tail that was
 * cut off shows.
 *
 * @param stream the stream
 * @param seq the number of its last entry, at least 1
 * @param hash the hash of its last entry, lower-case hex
 * @param ended whether the run of this stream has ended
 * @param epoch the number of the checkpoint that was to come when the stream moved last
 * @param archive where its entries are when they are not in the store any more, at most 160 characters, or empty
 */
public record StreamHead(String stream, long seq, String hash, boolean ended, long epoch, Optional<String> archive) {}
