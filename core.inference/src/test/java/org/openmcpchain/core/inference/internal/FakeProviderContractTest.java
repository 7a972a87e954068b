/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import org.openmcpchain.core.inference.InferenceProvider;
import org.openmcpchain.core.inference.contract.InferenceProviderContract;

/** The simplest provider that there can be passes, so the contract asks for nothing beside the point. */
class FakeProviderContractTest extends InferenceProviderContract {

    @Override
    protected InferenceProvider provider() {
        return FakeProvider.saying("I cannot do that");
    }
}
