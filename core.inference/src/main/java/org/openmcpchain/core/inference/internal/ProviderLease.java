/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openmcpchain.core.inference.InferenceLease;
import org.openmcpchain.core.lease.DeadlineCall;
import org.openmcpchain.core.lease.PluggedPart;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.inference.ProviderInfo;

/** A hold on one provider. */
final class ProviderLease implements InferenceLease {

    private final PluggedProvider provider;
    private final PluggedPart.Hold hold;
    private final ProviderInfo info;
    private final Semaphore places;

    /** @param hold on the provider; this lease gives it back */
    ProviderLease(PluggedProvider provider, PluggedPart.Hold hold, ProviderInfo info, Semaphore places) {
        this.provider = provider;
        this.hold = hold;
        this.info = info;
        this.places = places;
    }

    @Override
    public ProviderInfo provider() {
        return info;
    }

    @Override
    public OptionalInt maxOutputTokens() {
        return provider.maxOutputTokens();
    }

    @Override
    public ChatResponse chat(ChatRequest request, Duration deadline) {
        long until = System.nanoTime() + deadline.toNanos();
        try {
            if (!places.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw failure(InferenceError.INFERENCE_FAILED, "too many calls are under way");
            }
            DeadlineCall<ChatResponse> call = provider.begin(hold, request, places::release);
            return usable(call.await(Duration.ofNanos(until - System.nanoTime())));
        } catch (TimeoutException e) {
            throw failure(InferenceError.INFERENCE_DEADLINE, "no answer after " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw ProviderFailures.from(info.id(), e.getCause());
        } catch (RejectedExecutionException e) {
            throw failure(InferenceError.INFERENCE_FAILED, "the provider was removed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(InferenceError.INFERENCE_LOST, "the caller was interrupted");
        }
    }

    @Override
    public void close() {
        hold.close();
    }

    private ChatResponse usable(ChatResponse response) {
        if (response == null || response.aiMessage() == null) {
            throw HostException.of(
                    InferenceError.INFERENCE_REPLY_INVALID, "provider", info.id(), "detail", "the reply is empty");
        }
        return response;
    }

    private HostException failure(InferenceError error, String detail) {
        return HostException.of(error, "provider", info.id(), "detail", detail);
    }
}
