/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.error.RunError;

class ProviderFailuresTest {

    private static final String SECRET = "sk-very-secret";

    @Test
    void namesTheStatusAndHidesTheVendorsWords() {
        HostException failure = ProviderFailures.from(
                "openai", new AuthenticationException(new HttpException(401, "Incorrect API key: " + SECRET)));

        assertThat(failure.code()).isEqualTo(InferenceError.INFERENCE_FAILED);
        assertThat(failure.plainText()).contains("refused the key", "401").doesNotContain(SECRET);
        assertThat(failure).hasMessageNotContaining(SECRET);
    }

    @Test
    void callsATimeoutADeadline() {
        assertThat(ProviderFailures.from("openai", new TimeoutException("slow")).code())
                .isEqualTo(InferenceError.INFERENCE_DEADLINE);
    }

    /** Requirement F049: only what certainly cost nothing is free. */
    @Test
    void tellsWhatWasNeverSentFromWhatMayHaveBeenAnswered() {
        assertThat(failure(new HttpException(418, "teapot"))).isEqualTo(InferenceError.INFERENCE_FAILED);
        assertThat(failure(new UnsupportedFeatureException("x"))).isEqualTo(InferenceError.INFERENCE_FAILED);
        assertThat(failure(new UncheckedIOException(new ConnectException())))
                .isEqualTo(InferenceError.INFERENCE_FAILED);
        assertThat(failure(new UncheckedIOException(new SSLHandshakeException("x"))))
                .isEqualTo(InferenceError.INFERENCE_FAILED);

        assertThat(failure(new UncheckedIOException(new IOException("reset"))))
                .isEqualTo(InferenceError.INFERENCE_LOST);
        assertThat(failure(new InternalServerException(new HttpException(504, "late"))))
                .as("a gateway does not know what became of the request")
                .isEqualTo(InferenceError.INFERENCE_LOST);
        assertThat(failure(new ContentFilteredException("what the model wrote was held back")))
                .as("it was written before it was held back")
                .isEqualTo(InferenceError.INFERENCE_LOST);
        assertThat(failure(new SocketException("reset"))).isEqualTo(InferenceError.INFERENCE_LOST);
        assertThat(failure(new IllegalStateException("cannot read the answer")))
                .isEqualTo(InferenceError.INFERENCE_LOST);
        assertThat(failure(new NoClassDefFoundError("x/Y"))).isEqualTo(InferenceError.INFERENCE_LOST);
    }

    private static ErrorCode failure(Throwable cause) {
        return ProviderFailures.from("p", cause).code();
    }

    @Test
    void saysWhatBrokeInItsOwnWords() {
        assertThat(words(new UncheckedIOException(new ConnectException(SECRET))))
                .contains("cannot be reached");
        assertThat(words(new UncheckedIOException(new IOException(SECRET)))).contains("broke before its end");
        assertThat(words(new HttpException(418, SECRET))).contains("418");
        assertThat(words(new NoClassDefFoundError(SECRET))).contains("unexpected exception");
    }

    private static String words(Throwable cause) {
        String words = ProviderFailures.from("p", cause).plainText();
        assertThat(words).doesNotContain(SECRET);
        return words;
    }

    @Test
    void passesOnWhatAProviderSaysInTheHostsTerms() {
        HostException own = HostException.of(InferenceError.INFERENCE_REPLY_INVALID, "detail", "garbage");
        HostException foreign = HostException.of(RunError.RUN_INTERNAL);

        assertThat(ProviderFailures.from("p", own)).isSameAs(own);
        assertThat(ProviderFailures.from("p", foreign).code()).isEqualTo(InferenceError.INFERENCE_LOST);
    }
}
