/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Optional;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;

/**
 * What a walk found, for people and for a comparison with what other walks found.
 *
 * @param check what is told
 * @param misfit for an edited entry what stands in its place
 * @param previous the hash of the entry before that place
 */
record Finding(JournalCheck check, Optional<JournalEntry> misfit, String previous) {}
