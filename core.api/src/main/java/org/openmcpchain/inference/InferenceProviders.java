/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The inference providers that are plugged in at this moment. Thread-safe. */
@ProviderType
public interface InferenceProviders {

    /** All providers, the preferred one first. */
    List<ProviderInfo> list();
}
