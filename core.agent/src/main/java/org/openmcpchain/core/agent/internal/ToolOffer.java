/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;

/**
 * What models are offered at one moment, ordered by name.
 *
 * @param specifications the operations in the terms of models
 * @param digests the digest of each, in the same order
 * @param bytes how many bytes their names, descriptions and schemas take
 */
record ToolOffer(List<ToolSpecification> specifications, List<String> digests, long bytes) {

    ToolOffer {
        specifications = List.copyOf(specifications);
        digests = List.copyOf(digests);
    }
}
