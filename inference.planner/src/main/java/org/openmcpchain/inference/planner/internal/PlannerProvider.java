/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import dev.langchain4j.model.chat.ChatModel;
import org.openmcpchain.core.inference.InferenceProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The offline default: answers without a network and without a model, by rules, the same every time. Its ranking is so
 * low that any other provider is preferred.
 */
@Component(
        name = "org.openmcpchain.inference.planner.Planner",
        service = InferenceProvider.class,
        property = {InferenceProvider.ID + "=planner", "service.ranking:Integer=-100"})
public final class PlannerProvider implements InferenceProvider {

    private final PlannerModel model;

    /** Reads the lexicon. */
    @Activate
    public PlannerProvider() {
        model = new PlannerModel(Lexicon.load());
    }

    @Override
    public String label() {
        return "deterministic planner";
    }

    @Override
    public String model() {
        return PlannerModel.NAME;
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public ChatModel chat() {
        return model;
    }
}
