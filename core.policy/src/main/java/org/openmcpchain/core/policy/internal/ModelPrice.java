/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;

/**
 * What a model costs, from the policy's {@code prices}.
 *
 * @param provider the provider's id, or {@code *}
 * @param model the model's name, or {@code *}
 * @param input micro-USD for a million tokens that go in
 * @param output micro-USD for a million tokens that come out
 */
record ModelPrice(String provider, String model, BigInteger input, BigInteger output) {

    /** Whether it is the price of this model. */
    boolean covers(String otherProvider, String otherModel) {
        return (provider.equals("*") || provider.equals(otherProvider))
                && (model.equals("*") || model.equals(otherModel));
    }
}
