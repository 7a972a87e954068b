/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.money;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what assets cost. A service; there may be several, and each answers only for the assets that it knows. Caps in
 * money rest on it, so it names the age of what it says and never guesses. Thread-safe.
 */
@ConsumerType
public interface PriceSource {

    /**
     * The newest price that is known, or empty when the asset is not known here, when the network does not answer within
     * a few seconds and when the answer cannot be trusted. Throws nothing.
     *
     * @param caip19 the asset, see {@link AssetId}
     */
    Optional<Price> price(String caip19);
}
