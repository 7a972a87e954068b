/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.openmcpchain.core.inference.InferenceProvider;
import org.openmcpchain.core.lease.DeadlineCall;
import org.openmcpchain.core.lease.PluggedPart;
import org.openmcpchain.market.BundleRef;

/** A provider that is plugged in: what it says of itself, and the part in which it answers. */
final class PluggedProvider {

    private final InferenceProvider provider;
    private final String label;
    private final String model;
    private final boolean local;
    private final OptionalInt maxOutputTokens;
    private final BundleRef bundle;
    private final PluggedPart part;

    /** Asks the provider for its facts once, so that nobody has to call into a bundle only to list it. */
    PluggedProvider(String id, InferenceProvider provider, BundleRef bundle) {
        this.provider = provider;
        this.label = provider.label();
        this.model = provider.model();
        this.local = provider.local();
        this.maxOutputTokens = maxOutputTokens(provider.chat());
        this.bundle = bundle;
        this.part = new PluggedPart("inference-" + id, provider.getClass().getClassLoader());
    }

    String label() {
        return label;
    }

    String model() {
        return model;
    }

    boolean local() {
        return local;
    }

    OptionalInt maxOutputTokens() {
        return maxOutputTokens;
    }

    private static OptionalInt maxOutputTokens(ChatModel model) {
        Integer most = model.defaultRequestParameters().maxOutputTokens();
        return most == null ? OptionalInt.empty() : OptionalInt.of(most);
    }

    BundleRef bundle() {
        return bundle;
    }

    int calls() {
        return part.calls();
    }

    /** A hold on the provider, unless it is being let go. */
    Optional<PluggedPart.Hold> hold() {
        return part.hold();
    }

    /** Begins a call under a hold on this provider; the clean-up runs once, also when it cannot begin. */
    DeadlineCall<ChatResponse> begin(PluggedPart.Hold hold, ChatRequest request, Runnable cleanUp) {
        return hold.begin(() -> provider.chat().chat(request), cleanUp);
    }

    /** Lets the provider go; see {@link PluggedPart#retire}. */
    boolean retire(Duration patience) {
        return part.retire(patience);
    }
}
