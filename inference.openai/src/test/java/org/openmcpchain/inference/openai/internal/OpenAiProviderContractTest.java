/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.openmcpchain.core.inference.InferenceProvider;
import org.openmcpchain.core.inference.contract.InferenceProviderContract;

class OpenAiProviderContractTest extends InferenceProviderContract {

    private FakeOpenAiServer server;
    private OpenAiProvider provider;

    @BeforeEach
    void start() throws IOException {
        server = new FakeOpenAiServer().behaves();
        provider = new OpenAiProvider(TestConfig.at(server.url()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected InferenceProvider provider() {
        return provider;
    }
}
