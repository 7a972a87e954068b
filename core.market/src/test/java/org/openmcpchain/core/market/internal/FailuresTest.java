/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.service.resolver.ResolutionException;

class FailuresTest {

    private static final Artifact ARTIFACT = new Artifact(
            new Entry("org.example.red", new Version(1, 0, 0), "tool", "t", "s", "p", "MIT", "0", 1, List.of()),
            List.of(),
            List.of(),
            List.of());

    @Test
    void takesTheEndOfTheResolversSentenceWhenNothingElseIsKnown() {
        HostException failure = of(new Exception(new ResolutionException(
                "Unable to resolve root: missing requirement [root] a [caused by: Unable to resolve x: "
                        + "missing requirement [x/1.0.0] b")));

        assertThat(failure.code()).isEqualTo(MarketError.INSTALL_UNRESOLVED);
        assertThat(failure.parameters()).containsEntry("missing", "[x/1.0.0] b");
    }

    @Test
    void aBundleThatOnlyTheFrameworkCannotResolveIsUnresolvedToo() {
        assertThat(of(new BundleException("no such package", BundleException.RESOLVE_ERROR))
                        .code())
                .isEqualTo(MarketError.INSTALL_UNRESOLVED);
    }

    @Test
    void whatHasNoReasonIsAFailedActivation() {
        assertThat(of(new IllegalStateException()).parameters())
                .containsEntry("detail", "the framework could not start it");
        assertThat(of(new BundleException("x", BundleException.ACTIVATOR_ERROR, new RuntimeException()))
                        .parameters())
                .containsEntry("detail", "it failed without a message");
    }

    @Test
    void survivesAnExceptionThatIsItsOwnCause() {
        Exception first = new Exception("first");
        first.addSuppressed(new Exception("second", first));

        assertThat(of(first).code()).isEqualTo(MarketError.INSTALL_ACTIVATION_FAILED);
    }

    @Test
    void shortensWhatIsTooLong() {
        assertThat(Failures.shortened("first line\nsecond line")).isEqualTo("first line");
        assertThat(Failures.shortened("x".repeat(1_000))).hasSize(Failures.MAX_DETAIL + 1);
        assertThat(Failures.shortened("")).isEmpty();
    }

    private static HostException of(Throwable failure) {
        Deployment deployment = mock(Deployment.class);
        when(deployment.offers()).thenReturn(List.of());
        return Failures.of(failure, ARTIFACT, deployment);
    }
}
