/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
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

    @Test
    void tellsABrokenConnectionFromABrokenProvider() {
        assertThat(ProviderFailures.from("p", new UncheckedIOException(new IOException("reset")))
                        .plainText())
                .contains("connection");
        assertThat(ProviderFailures.from("p", new HttpException(418, "teapot")).plainText())
                .contains("418");
        assertThat(ProviderFailures.from("p", new NoClassDefFoundError("x/Y")).plainText())
                .contains("unexpected exception")
                .doesNotContain("x/Y");
    }

    @Test
    void passesOnWhatAProviderSaysInTheHostsTerms() {
        HostException own = HostException.of(InferenceError.INFERENCE_REPLY_INVALID, "detail", "garbage");
        HostException foreign = HostException.of(RunError.RUN_INTERNAL);

        assertThat(ProviderFailures.from("p", own)).isSameAs(own);
        assertThat(ProviderFailures.from("p", foreign).code()).isEqualTo(InferenceError.INFERENCE_FAILED);
    }
}
