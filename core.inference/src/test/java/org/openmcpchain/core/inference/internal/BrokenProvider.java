/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import dev.langchain4j.model.chat.ChatModel;
import org.openmcpchain.core.inference.InferenceProvider;

/** A provider that cannot say what it is. */
final class BrokenProvider implements InferenceProvider {

    @Override
    public String label() {
        throw new NoClassDefFoundError("missing/Part");
    }

    @Override
    public String model() {
        return "broken";
    }

    @Override
    public boolean local() {
        return false;
    }

    @Override
    public ChatModel chat() {
        return null;
    }
}
