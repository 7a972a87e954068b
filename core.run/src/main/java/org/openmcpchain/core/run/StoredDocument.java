/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run;

import java.time.Instant;

/**
 * A small piece of administrative state, for example the hash of an API key.
 *
 * @param collection which kind, 1 to 64 characters
 * @param id which one, 1 to 128 characters
 * @param body a JSON object of at most 1 MiB
 * @param updatedAt when it was last written
 */
public record StoredDocument(String collection, String id, String body, Instant updatedAt) {}
