/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.money;

import java.math.BigInteger;
import java.util.Objects;

/**
 * So much of an asset, in base units (wei, not Ether). Immutable; never negative.
 *
 * @param units base units
 * @param asset the asset
 */
public record AssetAmount(BigInteger units, AssetId asset) {

    /** @throws IllegalArgumentException if the amount is negative */
    public AssetAmount {
        Objects.requireNonNull(asset, "asset");
        if (units.signum() < 0) {
            throw new IllegalArgumentException("an amount is never negative");
        }
    }

    /**
     * The sum with another amount of the same asset.
     *
     * @throws IllegalArgumentException if the assets differ
     */
    public AssetAmount plus(AssetAmount other) {
        if (!asset.equals(other.asset)) {
            throw new IllegalArgumentException("amounts of different assets cannot be added");
        }
        return new AssetAmount(units.add(other.units), asset);
    }
}
