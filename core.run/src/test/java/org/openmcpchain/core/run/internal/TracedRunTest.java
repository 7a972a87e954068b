/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.run.RunRequest;

/** The id of the request that submitted a run stands in the run's first entry. */
class TracedRunTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Host host = new Host();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theFirstEntryNamesTheRequest() {
        String id = host.engine.submit(tracedBy(TRACE)).run().id();

        assertThat(host.stream(id).get(0).body()).contains("\"traceId\":\"" + TRACE + "\"");
    }

    @Test
    void aRunWithoutARequestNamesNone() {
        String id = host.submit("goal").id();

        assertThat(host.stream(id).get(0).body()).contains("\"goal\"").doesNotContain("traceId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0AF7651916CD43DD8448EB211C80319C", "0af7651916cd43dd8448eb211c80319c0", "\u0000"})
    void whatIsNoTraceIdIsRefused(String text) {
        assertThatThrownBy(() -> host.engine.submit(tracedBy(text))).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.code()).isEqualTo(RequestError.REQUEST_INVALID);
            assertThat(e.parameters()).containsEntry("field", "traceId");
        });
    }

    private static RunRequest tracedBy(String traceId) {
        return new RunRequest(
                "alice", "goal", Optional.empty(), Optional.empty(), Optional.empty(), "{}", Optional.of(traceId));
    }
}
