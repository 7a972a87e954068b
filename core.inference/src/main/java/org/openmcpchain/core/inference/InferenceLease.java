/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.OptionalInt;
import org.openmcpchain.inference.ProviderInfo;
import org.osgi.annotation.versioning.ProviderType;

/** The right to use one provider for a while. */
@ProviderType
public interface InferenceLease extends AutoCloseable {

    /** The provider. */
    ProviderInfo provider();

    /** How many tokens the provider lets one answer have at most, or empty when it does not say. */
    default OptionalInt maxOutputTokens() {
        return OptionalInt.empty();
    }

    /**
     * Asks the model.
     *
     * <p>Errors: {@code INFERENCE_FAILED} (nothing was answered), {@code INFERENCE_LOST} (something may have been),
     * {@code INFERENCE_DEADLINE}, {@code INFERENCE_REPLY_INVALID}.
     */
    ChatResponse chat(ChatRequest request, Duration deadline);

    @Override
    void close();
}
