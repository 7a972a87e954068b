/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import java.util.Map;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;

/**
 * Turns what a model throws into the host's errors. The words are ours: a vendor's message can quote the request, the
 * reply or a part of the key, and none of that may reach a caller.
 */
final class ProviderFailures {

    private static final String BROKE = "the provider broke with an unexpected exception";

    private static final Map<Class<?>, String> WORDS = Map.of(
            AuthenticationException.class, "the endpoint refused the key",
            RateLimitException.class, "the endpoint takes no more requests for now",
            InvalidRequestException.class, "the endpoint refused the request as invalid",
            ModelNotFoundException.class, "the endpoint does not know the model",
            ContentFilteredException.class, "the endpoint's content filter stopped the request",
            InternalServerException.class, "the endpoint failed",
            UnresolvedModelServerException.class, "the endpoint's host name cannot be resolved",
            UnsupportedFeatureException.class, "the provider does not support something that the request needs");

    private ProviderFailures() {}

    static HostException from(String providerId, Throwable cause) {
        if (cause instanceof HostException host && host.code() instanceof InferenceError) {
            return host;
        }
        if (cause instanceof TimeoutException) {
            return HostException.caused(cause, InferenceError.INFERENCE_DEADLINE, "provider", providerId);
        }
        return HostException.caused(
                cause, InferenceError.INFERENCE_FAILED, "provider", providerId, "detail", words(cause));
    }

    private static String words(Throwable cause) {
        String words = WORDS.get(cause.getClass());
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof HttpException http) {
                return (words == null ? "the endpoint answered with an error" : words) + " (HTTP " + http.statusCode()
                        + ")";
            }
            if (at instanceof IOException && words == null) {
                words = "the endpoint cannot be reached, or broke the connection";
            }
        }
        return words == null ? BROKE : words;
    }
}
