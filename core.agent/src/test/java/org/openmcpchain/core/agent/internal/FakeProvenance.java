/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.util.List;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Provenance;

/** Names every class after its simple name. */
final class FakeProvenance implements Provenance {

    @Override
    public BundleRef bundleOf(Class<?> type) {
        return new BundleRef("test." + type.getSimpleName(), "1.0.0", BundleRef.UNKNOWN_DIGEST);
    }

    @Override
    public List<BundleRef> active() {
        return List.of();
    }
}
