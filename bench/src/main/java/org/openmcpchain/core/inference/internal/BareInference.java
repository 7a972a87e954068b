/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import dev.langchain4j.model.chat.ChatModel;
import java.util.Map;
import org.openmcpchain.bench.Defaults;
import org.openmcpchain.core.inference.Inference;
import org.openmcpchain.core.inference.InferenceProvider;
import org.openmcpchain.market.Provenance;

/**
 * The leases of a host, put together without a framework. It stands in the package of what it puts together, so that
 * production code need not be opened for a measurement.
 */
public final class BareInference {

    private BareInference() {}

    /** Leases on one provider, with a host's default configuration. */
    public static Inference of(ChatModel model, Provenance provenance) {
        Leases leases = new Leases(provenance, Defaults.of(LeasesConfig.class));
        leases.bindProvider(
                new OneModel(model), Map.of(InferenceProvider.ID, "bench", "service.id", 1L, "service.ranking", 0));
        return leases;
    }

    private record OneModel(ChatModel chat) implements InferenceProvider {

        @Override
        public String label() {
            return "scripted model";
        }

        @Override
        public String model() {
            return "script-1";
        }

        @Override
        public boolean local() {
            return true;
        }
    }
}
