/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import org.openmcpchain.core.inference.InferenceProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Any endpoint that speaks the chat completions protocol, through LangChain4j. One for each configuration. */
@Component(
        name = OpenAiProvider.PID,
        configurationPid = OpenAiProvider.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = InferenceProvider.class)
@Designate(ocd = OpenAiConfig.class, factory = true)
public final class OpenAiProvider implements InferenceProvider {

    static final String PID = "org.openmcpchain.inference.openai.Provider";

    private final String label;
    private final String modelName;
    private final boolean local;
    private final ChatModel model;

    /** Error: {@code INFERENCE_CONFIGURATION}. */
    @Activate
    public OpenAiProvider(OpenAiConfig config) {
        OpenAiSettings settings = OpenAiSettings.of(config);
        this.label = settings.model() + " at " + settings.host();
        this.modelName = settings.model();
        this.local = settings.local();
        this.model = model(settings);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String model() {
        return modelName;
    }

    @Override
    public boolean local() {
        return local;
    }

    @Override
    public ChatModel chat() {
        return model;
    }

    /**
     * Requests and responses are never logged: they hold the key and what people asked. A request is sent once: whoever asks
     * again counts what that may cost.
     */
    private static ChatModel model(OpenAiSettings settings) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(BoundedHttpClient.builder(settings.timeout(), settings.maxResponseBytes()))
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey().orElse(null))
                .modelName(settings.model())
                .temperature(settings.temperature().orElse(null))
                .maxTokens(settings.maxTokens())
                .timeout(settings.timeout())
                .maxRetries(0)
                .returnThinking(true)
                .logRequests(false)
                .logResponses(false)
                .build();
    }
}
