/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.market.Listing;
import org.openmcpchain.market.Marketplace;

/** Ids of the marketplace's listings. */
@Service
public final class ListingIds extends Candidates {

    @Reference(optional = true)
    Marketplace marketplace;

    @Override
    Collection<String> names() {
        return marketplace == null
                ? List.of()
                : marketplace.listings("").stream().map(Listing::id).toList();
    }
}
