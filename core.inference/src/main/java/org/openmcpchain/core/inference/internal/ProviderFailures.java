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
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;

/**
 * Turns what a model throws into the host's errors. Only what certainly cost nothing is {@code INFERENCE_FAILED}; the caps
 * count the rest. The words are ours: a vendor's message can quote the request, the reply or a part of the key, and none
 * of that may reach a caller.
 */
final class ProviderFailures {

    private static final Map<Class<?>, String> WORDS = Map.of(
            AuthenticationException.class, "the endpoint refused the key",
            RateLimitException.class, "the endpoint takes no more requests for now",
            InvalidRequestException.class, "the endpoint refused the request as invalid",
            ModelNotFoundException.class, "the endpoint does not know the model",
            ContentFilteredException.class, "the endpoint's content filter stopped the exchange",
            InternalServerException.class, "the endpoint failed",
            UnresolvedModelServerException.class, "the endpoint's host name cannot be resolved",
            UnsupportedFeatureException.class, "the provider does not support something that the request needs");

    /** Nothing of the request has left when one of these is thrown. */
    private static final List<Class<? extends Throwable>> NOT_SENT = List.of(
            UnsupportedFeatureException.class,
            UnresolvedModelServerException.class,
            ConnectException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            UnresolvedAddressException.class,
            SSLHandshakeException.class);

    /** Bad Gateway and Gateway Timeout: who sends them does not know what became of the request behind it. */
    private static final Set<Integer> GATEWAY = Set.of(502, 504);

    private ProviderFailures() {}

    static HostException from(String providerId, Throwable cause) {
        if (cause instanceof HostException host && host.code() instanceof InferenceError) {
            return host;
        }
        if (cause instanceof TimeoutException) {
            return HostException.caused(cause, InferenceError.INFERENCE_DEADLINE, "provider", providerId);
        }
        Optional<Integer> status = first(HttpException.class, cause).map(HttpException::statusCode);
        boolean unsent = NOT_SENT.stream().anyMatch(type -> first(type, cause).isPresent());
        boolean free = status.map(code -> !GATEWAY.contains(code)).orElse(unsent);
        return HostException.caused(
                cause,
                free ? InferenceError.INFERENCE_FAILED : InferenceError.INFERENCE_LOST,
                "provider",
                providerId,
                "detail",
                words(cause, unsent)
                        + status.map(code -> " (HTTP " + code + ")").orElse(""));
    }

    private static String words(Throwable cause, boolean unsent) {
        String words = WORDS.get(cause.getClass());
        if (words != null) {
            return words;
        }
        if (first(HttpException.class, cause).isPresent()) {
            return "the endpoint answered with an error";
        }
        if (unsent) {
            return "the endpoint cannot be reached";
        }
        return first(IOException.class, cause).isPresent()
                ? "the exchange broke before its end"
                : "the provider broke with an unexpected exception";
    }

    private static <T extends Throwable> Optional<T> first(Class<T> type, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
