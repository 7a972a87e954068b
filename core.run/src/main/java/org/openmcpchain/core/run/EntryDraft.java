/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.util.Map;

/**
 * A journal entry before it has a place in its stream.
 *
 * @param stream the stream
 * @param type one of {@link org.openmcpchain.journal.EntryTypes}
 * @param body see {@link org.openmcpchain.journal.Journal#append}
 */
public record EntryDraft(String stream, String type, Map<String, ?> body) {}
