/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The operations that agents can call at this moment. Thread-safe. */
@ProviderType
public interface ToolCatalogue {

    /** All operations, ordered by name. */
    List<ToolDescriptor> list();

    /** The operation with this public name, or empty. */
    Optional<ToolDescriptor> find(String name);
}
