/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One OpenAI-compatible endpoint. */
@ObjectClassDefinition(
        id = OpenAiProvider.PID,
        name = "OpenMCP-Chain: OpenAI-compatible inference provider",
        description =
                "An endpoint that speaks the chat completions protocol. There can be several; each is a provider of its own."
                        + " Nothing is sent anywhere until one is configured.")
@interface OpenAiConfig {

    @AttributeDefinition(
            name = "Provider id",
            description =
                    "How runs, policy rules and receipts call this provider: 1 to 32 of a-z, 0-9 and -. Each provider needs its own.")
    String inference_id() default "openai";

    @AttributeDefinition(
            name = "Ranking",
            description =
                    "The provider with the highest ranking answers, unless another one is configured as preferred. The embedded"
                            + " planner has -100.")
    int service_ranking() default 0;

    @AttributeDefinition(
            name = "URL",
            description =
                    "The base address of the API, for example https://api.example.org/v1. Plain http is only accepted for this machine,"
                            + " because the key would travel in the clear.")
    String url();

    @AttributeDefinition(name = "Model", description = "The model's name as the endpoint knows it.")
    String model();

    @AttributeDefinition(
            name = "API key",
            description =
                    "A reference to the secret, for example $[secret:openai-key]. It is never logged and is no service property."
                            + " Empty for an endpoint that wants none.",
            required = false)
    String _apiKey() default "";

    @AttributeDefinition(
            name = "Timeout (seconds)",
            description = "How long one request may take, from the first byte sent to the last byte read.",
            min = "1",
            max = "3600")
    int timeoutSeconds() default 60;

    @AttributeDefinition(
            name = "Longest answer (tokens)",
            description = "How many tokens the model may write in one answer. It bounds what one answer can cost.",
            min = "1",
            max = "1000000")
    int maxTokens() default 2048;

    @AttributeDefinition(
            name = "Temperature",
            description =
                    "How freely the model chooses its words, from 0 to 2. 0 makes answers as repeatable as the model can. Empty leaves it"
                            + " out of the request, for models that refuse it.",
            required = false)
    String temperature() default "0";

    @AttributeDefinition(
            name = "Largest response (bytes)",
            description =
                    "A response that is larger is cut off and fails, so that an endpoint cannot fill the host's memory.",
            min = "1024",
            max = "67108864")
    int maxResponseBytes() default 4 * 1024 * 1024;
}
