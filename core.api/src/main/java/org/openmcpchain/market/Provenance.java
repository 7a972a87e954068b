/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Which bundle an object's code comes from. Thread-safe. */
@ProviderType
public interface Provenance {

    /** The bundle whose class loader defined this class. */
    BundleRef bundleOf(Class<?> type);

    /** Every bundle of this product and of the marketplace that is active, ordered by symbolic name. */
    List<BundleRef> active();
}
